"""What commands have in common that tell of files in a terminal."""

from rich.console import Console


def open_console() -> Console:
    """For a pipe or a file: no bar, and no line is broken."""
    console = Console(highlight=False, emoji=False)
    return console if console.is_terminal else Console(highlight=False, emoji=False, width=10_000)


def printable(text: str) -> str:
    """Names of files can hold what moves a terminal's cursor, or bytes that are no text."""
    text = text.encode(errors="surrogateescape").decode(errors="replace")
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)
