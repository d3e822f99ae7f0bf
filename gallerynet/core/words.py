"""Sentences for people."""


def counted(number: int, noun: str) -> str:
    """``1 item``, ``2 items``, ``12,345 items``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
