"""Landscapes that nobody photographed: drawn from a seed, each like no other, and pleasant to look at."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

Pixels = NDArray[np.float32]
Color = tuple[float, float, float]
Random = np.random.Generator

# Top of the sky, its horizon, and what stands before it.
SKIES: tuple[tuple[Color, Color, Color], ...] = (
    ((46, 88, 148), (252, 205, 160), (44, 52, 86)),
    ((92, 160, 214), (232, 244, 250), (38, 84, 92)),
    ((58, 36, 92), (255, 158, 108), (40, 24, 62)),
    ((22, 32, 74), (224, 130, 150), (22, 22, 52)),
    ((120, 178, 206), (255, 236, 200), (64, 98, 72)),
    ((84, 110, 150), (220, 226, 232), (52, 64, 82)),
    ((16, 78, 120), (250, 226, 150), (20, 52, 62)),
)


def draw(kind: str, seed: int, size: tuple[int, int]) -> Image.Image:
    """A picture of one of ``KINDS``, ``size`` pixels wide and high."""
    return KINDS[kind](np.random.default_rng((seed, sum(kind.encode()))), *size)


def mountains(random: Random, width: int, height: int) -> Image.Image:
    top, horizon, ground = _palette(random)
    image = _sky(random, width, height, top, horizon)
    layers = int(random.integers(4, 7))
    for layer in range(layers):
        near = (layer + 1) / layers
        base = height * (0.38 + 0.5 * near**1.2)
        ridge = base - height * (0.34 - 0.18 * near) * _ridge(random, width, 4 + 2 * layer)
        _fill_below(image, ridge, _mix(horizon, ground, 0.25 + 0.75 * near), _mix(horizon, ground, 0.1 + 0.7 * near))
    return _finish(random, image)


def sea(random: Random, width: int, height: int) -> Image.Image:
    top, horizon, ground = _palette(random)
    line = int(height * random.uniform(0.45, 0.62))
    image = _sky(random, width, height, top, horizon, line)
    depth = np.linspace(0, 1, height - line, dtype=np.float32)[:, None]
    waves = _smooth(random, (height - line, max(2, width // 24)), width)
    shine = np.exp(-(((np.linspace(0, 1, width) - random.uniform(0.3, 0.7)) / (0.05 + 0.12 * depth)) ** 2))
    light = (waves * 0.16 + shine * waves.clip(0, None) * 0.9)[..., None]
    water = _mix(horizon, ground, 0.35) + depth[..., None] * (np.array(ground) - _mix(horizon, ground, 0.35))
    image[line:] = water + light * (np.array(horizon) - water + 40)
    return _finish(random, image, lambda pen: _boats(random, pen, width, height, line))


def forest(random: Random, width: int, height: int) -> Image.Image:
    top, horizon, ground = _palette(random)
    image = _sky(random, width, height, top, horizon)
    green = _mix(ground, (28, 82, 58), 0.7)
    for layer in range(5):
        near = (layer + 1) / 5
        floor = height * (0.5 + 0.42 * near) - height * 0.08 * _ridge(random, width, 3)
        trees = _firs(random, width, floor, height * (0.08 + 0.2 * near))
        _fill_below(image, trees, _mix(horizon, green, 0.2 + 0.8 * near), _mix(horizon, green, 0.05 + 0.75 * near))
    return _finish(random, image)


def meadow(random: Random, width: int, height: int) -> Image.Image:
    top, horizon = (92.0, 166.0, 224.0), (236.0, 246.0, 250.0)
    image = _sky(random, width, height, top, horizon)
    green = (random.uniform(90, 130), random.uniform(160, 180), random.uniform(60, 90))
    for layer in range(3):
        hill = height * (0.5 + 0.16 * layer) - height * 0.12 * _ridge(random, width, 2, rough=0.25)
        _fill_below(image, hill, _mix(horizon, green, 0.5 + 0.25 * layer), _mix(green, (40, 90, 40), 0.2 * layer))
    return _finish(random, image, lambda pen: _flowers(random, pen, width, height))


def city(random: Random, width: int, height: int) -> Image.Image:
    top, horizon, ground = (14.0, 18.0, 48.0), _mix((196, 92, 120), (84, 64, 150), random.uniform()), (10, 12, 30)
    image = _sky(random, width, height, top, horizon)
    return _finish(random, image, lambda pen: _towers(random, pen, width, height, horizon, ground))


def stars(random: Random, width: int, height: int) -> Image.Image:
    image = _gradient(width, height, (8, 10, 30), (58, 48, 104))
    across, down = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
    slope = random.uniform(-0.8, 0.8)
    band = np.exp(-(((down - 0.45 - slope * (across - 0.5)) / 0.16) ** 2))
    cloud = (
        _smooth(random, (height, 12), width, height // 8) + _smooth(random, (height, 60), width, 16) * 0.4
    ) * 0.5 + 0.6
    image += (band * cloud)[..., None] * np.array((120, 96, 150))
    count = width * height // 700
    rows, columns = random.integers(0, height, count), random.integers(0, width, count)
    image[rows, columns] += random.exponential(70, (count, 1))
    _fill_below(image, height * 0.9 - height * 0.16 * _ridge(random, width, 5), (10, 12, 26), (4, 6, 14))
    return _finish(random, image)


def balloons(random: Random, width: int, height: int) -> Image.Image:
    top, horizon, ground = _palette(random)
    image = _sky(random, width, height, top, horizon)
    for layer in range(2):
        hill = height * (0.78 + 0.1 * layer) - height * 0.1 * _ridge(random, width, 3)
        _fill_below(image, hill, _mix(horizon, ground, 0.5 + 0.4 * layer), ground)
    return _finish(random, image, lambda pen: _balloons(random, pen, width, height))


KINDS: dict[str, Callable[[Random, int, int], Image.Image]] = {
    "mountains": mountains,
    "sea": sea,
    "forest": forest,
    "meadow": meadow,
    "city": city,
    "stars": stars,
    "balloons": balloons,
}


def _palette(random: Random) -> tuple[Color, Color, Color]:
    return SKIES[int(random.integers(len(SKIES)))]


def _mix(one: Sequence[float], other: Sequence[float], share: float) -> Color:
    red, green, blue = ((1 - share) * a + share * b for a, b in zip(one, other, strict=True))
    return red, green, blue


def _gradient(width: int, height: int, top: Sequence[float], bottom: Sequence[float]) -> Pixels:
    share = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
    column = np.asarray(top, np.float32) * (1 - share) + np.asarray(bottom, np.float32) * share
    return np.repeat(column, width, axis=1)


def _sky(random: Random, width: int, height: int, top: Color, horizon: Color, line: int | None = None) -> Pixels:
    """A gradient with a sun in its glow and a few streaks of cloud, down to ``line``."""
    line = line or int(height * 0.7)
    image = np.empty((height, width, 3), np.float32)
    image[:line] = _gradient(width, line, top, horizon)
    image[line:] = horizon
    x, y = random.uniform(0.15, 0.85) * width, random.uniform(0.15, 0.75) * line
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    distance = np.hypot(across - np.float32(x), down - np.float32(y)) / np.float32(min(width, height))
    glow = np.exp(-distance * 5) * 0.55 + np.clip((random.uniform(0.035, 0.07) - distance) * 400, 0, 1)
    image += glow[..., None].clip(0, 1) * (np.array((255, 246, 224), np.float32) - image)
    rows = np.exp(-(((down[:, :1] - 0.4 * line) / (0.3 * line)) ** 2))
    streaks = _smooth(random, (height, 8), width, height // 30 + 1).clip(0, None) * rows
    image += 0.35 * streaks[..., None] * (255 - image)
    return image


def _smooth(random: Random, shape: tuple[int, int], width: int, tall: int = 5) -> Pixels:
    """Noise from -1 to 1 in ``tall`` rows at a time, long across, as water and clouds have it."""
    rows, columns = shape
    coarse = Image.fromarray(random.uniform(-1, 1, (max(2, rows // tall), columns)).astype(np.float32))
    return np.asarray(coarse.resize((width, rows), Image.Resampling.BICUBIC))


def _ridge(random: Random, width: int, peaks: int, rough: float = 0.5) -> Pixels:
    """Heights from 0 to 1 along the width: octaves of noise."""
    heights = np.zeros(width, np.float32)
    positions = np.linspace(0, 1, width)
    for octave in range(7 if rough > 0.3 else 3):
        knots = peaks * 2**octave + 1
        heights += np.interp(positions, np.linspace(0, 1, knots), random.uniform(0, 1, knots)) * rough**octave
    low, high = float(heights.min()), float(heights.max())
    scaled: Pixels = (heights - low) / max(high - low, 1e-6)
    return scaled


def _firs(random: Random, width: int, floor: Pixels, tall: float) -> Pixels:
    """The upper edge of a wood that stands on ``floor``."""
    edge = floor.copy()
    x = 0.0
    while x < width:
        half, high = tall * random.uniform(0.16, 0.26), tall * random.uniform(0.6, 1.1)
        left, right = int(max(0, x - half)), int(min(width, x + half))
        across = np.abs(np.arange(left, right) - x) / half
        jagged = high * (1 - across) * (1 - 0.12 * np.sin(across * 18))
        edge[left:right] = np.minimum(edge[left:right], floor[left:right] - jagged)
        x += half * random.uniform(0.7, 1.6)
    return edge


def _fill_below(image: Pixels, edge: Pixels, upper: Sequence[float], lower: Sequence[float]) -> None:
    """Paints everything under ``edge``, from one colour at it to another at the bottom; the edge itself is soft."""
    height, edge = image.shape[0], edge.astype(np.float32)
    first = min(max(int(edge.min()) - 1, 0), height)
    image = image[first:]
    down = np.arange(first, height, dtype=np.float32)[:, None]
    cover = np.clip(down - edge + 0.5, 0, 1)[..., None]
    share = np.clip((down - edge) / np.maximum(height - edge, 1), 0, 1)[..., None]
    image += cover * (np.asarray(upper, np.float32) * (1 - share) + np.asarray(lower, np.float32) * share - image)


def _boats(random: Random, pen: ImageDraw.ImageDraw, width: int, height: int, line: int) -> None:
    for _ in range(int(random.integers(1, 4))):
        x, size = random.uniform(0.1, 0.9) * width, height * random.uniform(0.05, 0.16)
        y = line + size * 0.5
        sail = (250, 246, 238) if random.uniform() < 0.7 else (206, 84, 70)
        pen.polygon([(x, y - 2 * size), (x, y - 0.12 * size), (x + size * 0.85, y - 0.12 * size)], fill=sail)
        pen.polygon([(x - 6, y - 1.7 * size), (x - 6, y - 0.12 * size), (x - size * 0.55, y - 0.12 * size)], fill=sail)
        hull = [
            (x - size * 0.7, y),
            (x + size, y),
            (x + size * 0.65, y + size * 0.28),
            (x - size * 0.5, y + size * 0.28),
        ]
        pen.polygon(hull, fill=(58, 44, 44))


def _flowers(random: Random, pen: ImageDraw.ImageDraw, width: int, height: int) -> None:
    colors = ((226, 62, 72), (250, 214, 84), (252, 250, 246), (150, 92, 196))
    chosen = [colors[index] for index in random.permutation(len(colors))[:2]]
    for y in np.sort(random.uniform(0.66, 1.02, 260)):
        size = height * 0.03 * ((y - 0.6) / 0.4) ** 1.6
        x = random.uniform(0, 1) * width
        color = chosen[int(random.uniform() < 0.3)]
        pen.line([(x, y * height), (x, y * height + 3 * size)], fill=(58, 110, 52), width=max(1, int(size / 4)))
        for petal in range(5):
            turn = petal * 2 * np.pi / 5 + x
            center = x + size * 0.7 * np.cos(turn), y * height + size * 0.6 * np.sin(turn)
            _disc(pen, *center, size * 0.55, color)
        _disc(pen, x, y * height, size * 0.4, (240, 180, 60))


def _towers(
    random: Random, pen: ImageDraw.ImageDraw, width: int, height: int, horizon: Color, ground: Sequence[float]
) -> None:
    for layer in range(3):
        color = _rgb(_mix(horizon, ground, 0.45 + 0.27 * layer))
        x = -width * 0.02
        while x < width:
            wide = width * random.uniform(0.035, 0.085)
            roof = height * (0.3 + 0.16 * layer + random.uniform(0, 0.3))
            pen.rectangle([x, roof, x + wide, height], fill=color)
            step = max(5, width // 110)
            for left in np.arange(x + step, x + wide - step, step * 1.6):
                for upper in np.arange(roof + step, height, step * 2.1):
                    if random.uniform() < 0.16 + 0.14 * layer:
                        light = (255, int(random.integers(196, 236)), 140)
                        pen.rectangle([left, upper, left + step * 0.7, upper + step], fill=light)
            x += wide * random.uniform(0.9, 1.4)


def _balloons(random: Random, pen: ImageDraw.ImageDraw, width: int, height: int) -> None:
    colors = ((214, 72, 64), (240, 178, 62), (66, 132, 176), (244, 240, 230), (120, 78, 148), (68, 142, 110))
    for size in np.sort(random.uniform(0.035, 0.13, int(random.integers(3, 8)))) * min(width, height):
        x, y = random.uniform(0.08, 0.92) * width, random.uniform(0.12, 0.66) * height
        one, other = (colors[index] for index in random.permutation(len(colors))[:2])
        basket = y + size * 1.75
        pen.polygon([(x - size * 0.62, y + size * 0.7), (x + size * 0.62, y + size * 0.7), (x, basket)], fill=one)
        for stripe, share in enumerate((1.0, 0.72, 0.4, 0.14)):
            box = [x - size * share, y - size, x + size * share, y + size]
            pen.ellipse(box, fill=one if stripe % 2 == 0 else other)
        pen.rectangle([x - size * 0.16, basket - size * 0.1, x + size * 0.16, basket + size * 0.16], fill=(92, 62, 42))


def _disc(pen: ImageDraw.ImageDraw, x: float, y: float, radius: float, color: tuple[int, int, int]) -> None:
    pen.ellipse([x - radius, y - radius, x + radius, y + radius], fill=color)


def _rgb(color: Color) -> tuple[int, int, int]:
    red, green, blue = (int(part) for part in color)
    return red, green, blue


def _finish(random: Random, pixels: Pixels, shapes: Callable[[ImageDraw.ImageDraw], None] | None = None) -> Image.Image:
    """Shapes on top, corners a little darker, and the grain that keeps gradients from banding."""
    image = Image.fromarray(pixels.clip(0, 255).astype(np.uint8))
    if shapes is not None:
        shapes(ImageDraw.Draw(image))
        image = image.filter(ImageFilter.GaussianBlur(0.7))
    height, width = pixels.shape[:2]
    down, across = np.ogrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    shade = (1 - 0.16 * (down**2 + across**2) / 2).astype(np.float32)
    grain = 1.6 * random.standard_normal((height, width, 1), dtype=np.float32)
    return Image.fromarray((np.asarray(image) * shade[..., None] + grain).clip(0, 255).astype(np.uint8))
