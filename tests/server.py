"""A server of our own, started as a user starts it, and a client for it."""

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import httpx

from gallerynet.settings import Settings

START_SECONDS = 120


class Server:
    """``gallerynet serve`` on a free port over a folder of its own."""

    def __init__(self, folder: Path, program: Sequence[str] = ("-m", "gallerynet"), **environment: str) -> None:
        self.folder = folder
        self._program = program
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._environment = environment
        self.process = self._start()
        self.client = Client(self.url)

    @property
    def uploads(self) -> Path:
        return self.folder / "uploads"

    @property
    def thumbnails(self) -> Path:
        return self.folder / "thumbnails"

    def stop(self) -> int:
        """Ends it as Ctrl+C does; returns the exit code."""
        self.client.close()
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=30)

    def kill(self) -> None:
        """Ends it as a power cut does."""
        self.client.close()
        self.process.kill()
        self.process.wait()

    def restart(self) -> None:
        self.process = self._start()
        self.client = Client(self.url)

    def _start(self) -> subprocess.Popen[bytes]:
        own = {field.name.upper() for field in fields(Settings)}
        environment = {name: value for name, value in os.environ.items() if name not in own} | self._environment
        with (self.folder / "stdout.log").open("ab") as out, (self.folder / "stderr.log").open("ab") as err:
            process = subprocess.Popen(
                [sys.executable, *self._program, "serve", "--port", str(self.port)],
                cwd=self.folder,
                env=environment,
                stdout=out,
                stderr=err,
            )
        atexit.register(process.kill)  # a test that fails may not come to stopping it
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if process.poll() is not None:
                raise RuntimeError((self.folder / "stderr.log").read_text())
            try:
                httpx.get(f"{self.url}/health")
            except httpx.TransportError:
                time.sleep(0.05)
            else:
                return process
        process.kill()
        raise RuntimeError(f"The server did not start within {START_SECONDS} s.")


class GraphQLErrors(Exception):
    def __init__(self, errors: list[dict[str, Any]]) -> None:
        super().__init__(json.dumps(errors))
        self.errors = errors

    @property
    def code(self) -> str:
        code: str = self.errors[0]["extensions"]["code"]
        return code

    @property
    def message(self) -> str:
        message: str = self.errors[0]["message"]
        return message


UPLOAD = """
mutation Upload($files: [Upload!]!, $folderId: ID, $near: Boolean! = false) {
  uploadMedia(files: $files, folderId: $folderId, allowNearDuplicates: $near) {
    __typename
    ... on UploadedMedia {
      filename
      media { id originalFilename originalUrl width height contentHash isSearchable originalDate originalDateSource }
      nearDuplicateOf { id }
    }
    ... on DuplicateMedia { filename existing { id } isExact }
    ... on RejectedUpload { filename code message }
  }
}
"""


class Client:
    """Speaks GraphQL as any program would."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.http = httpx.Client(base_url=url, timeout=120, headers={"X-Requested-With": "tests"})

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.http.close()

    def run(self, query: str, **variables: Any) -> dict[str, Any]:
        """The data of the answer. Raises GraphQLErrors where it has errors."""
        return self._data(self.http.post("/graphql", json={"query": query, "variables": variables}))

    def send(self, query: str, variables: Mapping[str, Any], files: Mapping[str, tuple[str, bytes]]) -> dict[str, Any]:
        """A multipart request: ``files`` maps paths such as ``variables.image`` to names and bytes."""
        parts = {str(number): file for number, file in enumerate(files.values())}
        places = {str(number): [path] for number, path in enumerate(files)}
        form = {"operations": json.dumps({"query": query, "variables": variables}), "map": json.dumps(places)}
        return self._data(self.http.post("/graphql", data=form, files=parts))

    def upload(self, files: Sequence[tuple[str, bytes]], **variables: Any) -> list[dict[str, Any]]:
        paths = {f"variables.files.{number}": file for number, file in enumerate(files)}
        answer: list[dict[str, Any]] = self.send(UPLOAD, {"files": [None] * len(files), **variables}, paths)[
            "uploadMedia"
        ]
        return answer

    def add(self, name: str, content: bytes) -> str:
        """Uploads one new file; returns its id."""
        (result,) = self.upload([(name, content)])
        assert result["__typename"] == "UploadedMedia", result
        identity: str = result["media"]["id"]
        return identity

    @staticmethod
    def _data(response: httpx.Response) -> dict[str, Any]:
        body: dict[str, Any] = response.json()
        if body.get("errors"):
            raise GraphQLErrors(body["errors"])
        data: dict[str, Any] = body["data"]
        return data


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def stored_files(folder: Path) -> list[str]:
    """Relative names of all files below ``folder``, but for the lock of the server that runs."""
    return sorted(
        str(Path(root).relative_to(folder) / name)
        for root, _, names in os.walk(folder)  # rglob stumbles over folders that go while it looks
        for name in names
        if name != "lock"
    )
