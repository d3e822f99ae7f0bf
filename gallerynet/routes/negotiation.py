"""What a client wants to read: https://graphql.github.io/graphql-over-http/draft/."""

JSON = "application/json"
RESPONSE_JSON = "application/graphql-response+json"


def media_type(accept: str) -> str:
    """``RESPONSE_JSON`` for those who name it and do not like plain JSON better, else what everyone understands."""
    wanted = _qualities(accept)
    response = wanted.get(RESPONSE_JSON, 0.0)
    return RESPONSE_JSON if response > 0 and response >= wanted.get(JSON, 0.0) else JSON


def wants_only_events(accept: str) -> bool:
    """Clients that list event streams behind JSON, as urql does, are answered in JSON."""
    wanted = _qualities(accept)
    return wanted.get("text/event-stream", 0) > 0 and not {JSON, RESPONSE_JSON} & wanted.keys()


def accepted_codings(accept_encoding: str) -> set[str]:
    """The content codings that may be sent: https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3."""
    return {name for name, quality in _qualities(accept_encoding).items() if quality > 0}


def _qualities(accept: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for part in accept.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = next((text[2:] for text in parameters if text.startswith("q=")), "1")
        try:
            found[name] = float(quality)
        except ValueError:
            found[name] = 0.0
    return found
