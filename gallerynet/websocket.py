"""uvicorn's WebSockets, with a short way out for what is sent most."""

import asyncio
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.protocol import OPEN

FINAL_TEXT = 0x81  # RFC 6455, section 5.2
FULL = 2**16


class QuickWebSocket(WebSocketsSansIOProtocol):
    """Writes the texts that are sent in one turn of the loop at once; leaves everything else to uvicorn.

    A write to a socket costs more than all else that is done for an event, and so does what the library between them
    makes of each frame.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._waiting: list[bytes] = []
        self._size = 0

    async def send(self, message: Any) -> None:
        """Raises what uvicorn does."""
        text = message.get("text")
        if text is None or self.close_sent or self.conn.state is not OPEN or not self.writable.is_set():
            self._write()
            await super().send(message)
            return
        if not self._waiting:
            asyncio.get_running_loop().call_soon(self._write)
        data = text.encode()
        self._waiting += (_head(len(data)), data)
        self._size += len(data)
        if self._size > FULL:
            self._write()

    def _write(self) -> None:
        waiting, self._waiting, self._size = self._waiting, [], 0
        if waiting and self.conn.state is OPEN and not self.transport.is_closing():
            self.transport.write(b"".join(waiting))


def _head(size: int) -> bytes:
    if size < 126:
        return bytes((FINAL_TEXT, size))
    if size < 2**16:
        return bytes((FINAL_TEXT, 126)) + size.to_bytes(2, "big")
    return bytes((FINAL_TEXT, 127)) + size.to_bytes(8, "big")
