"""Colour profiles to test with."""


def profile_of(name: str) -> bytes:
    """An ICC profile of RGB with the primaries of that name and sRGB's curve or a gamma of 2.2, D50-adapted."""
    primaries = {
        "Display P3": ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407)),
        "Adobe RGB": ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457)),
    }[name]

    def fixed(number: float) -> bytes:
        return round(number * 65536).to_bytes(4, "big", signed=True)

    def xyz(values: tuple[float, float, float]) -> bytes:
        return b"XYZ \0\0\0\0" + b"".join(fixed(value) for value in values)

    curve = b"curv\0\0\0\0\0\0\0\x01" + round(2.2 * 256).to_bytes(2, "big") + b"\0\0"
    text = name.encode() + b"\0"
    described = b"desc\0\0\0\0" + len(text).to_bytes(4, "big") + text + bytes(78)
    tags = {b"desc": described, b"wtpt": xyz((0.9642, 1.0, 0.8249)), b"cprt": b"text\0\0\0\0none\0"}
    tags |= {kind: xyz(value) for kind, value in zip((b"rXYZ", b"gXYZ", b"bXYZ"), primaries, strict=True)}
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    table, data = len(tags).to_bytes(4, "big"), b""
    for kind, value in tags.items():
        padded = value + bytes(-len(value) % 4)
        table += kind + (128 + 4 + 12 * len(tags) + len(data)).to_bytes(4, "big") + len(value).to_bytes(4, "big")
        data += padded
    body = table + data
    head = (
        (128 + len(body)).to_bytes(4, "big") + bytes(4) + b"\x02\x40\0\0mntrRGB XYZ " + bytes(12) + b"acsp" + bytes(28)
    )
    return head + fixed(0.9642) + fixed(1.0) + fixed(0.8249) + bytes(48) + body
