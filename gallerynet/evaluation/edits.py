"""What people and programs do to a picture that is still the same picture, and pictures that only seem the same."""

import io
from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont

Random = np.random.Generator
Edit = Callable[[Image.Image, Random], bytes]

ORIENTATION = 0x0112
TEXT = """the of and to in is that for it as was with be by on not he his but at are this have from or had an they
which one you were her all she there would their we him been has when who will more no if out so said what up its about
into than them can only other new some could time these two may then do first any my now such like our over man"""
WORDS = tuple(TEXT.split())


def encode(image: Image.Image, format_name: str = "JPEG", **options: object) -> bytes:
    target = io.BytesIO()
    image.save(target, format_name, **({"quality": 90} if format_name == "JPEG" else {}) | options)
    return target.getvalue()


def _resized(image: Image.Image, scale: float) -> Image.Image:
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, Image.Resampling.BICUBIC)


def _cropped(image: Image.Image, random: Random, share: float) -> Image.Image:
    """Without that share of its width and of its height, taken off anywhere."""
    width, height = round(image.width * (1 - share)), round(image.height * (1 - share))
    left, top = (int(random.integers(0, room + 1)) for room in (image.width - width, image.height - height))
    return image.crop((left, top, left + width, top + height))


def _filtered(image: Image.Image) -> Image.Image:
    """Warm and faded, as photo programs like it."""
    matrix = (1.1, 0.15, 0, 8, 0.05, 0.95, 0.05, 4, 0, 0.2, 0.65, 20)
    return image.convert("RGB", matrix)


def _turned_by_flag(image: Image.Image) -> bytes:
    """Pixels on their side, and the flag that says so: shown as it was."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    return encode(image.transpose(Image.Transpose.ROTATE_90), exif=exif)


def _watermarked(image: Image.Image, random: Random) -> Image.Image:
    """Half transparent words across it, once and large or many times, and a label in a corner."""
    layer = Image.new("RGBA", image.size)
    draw = ImageDraw.Draw(layer)
    side = min(image.size)
    ink = (255, 255, 255, 115) if random.random() < 0.7 else (0, 0, 0, 115)
    if random.random() < 0.5:
        font = ImageFont.load_default(side / 6)
        draw.text((image.width / 2, image.height / 2), "© GALLERY", fill=ink, font=font, anchor="mm")
    else:
        font = ImageFont.load_default(side / 14)
        for row in range(5):
            for column in range(4):
                place = ((column + row % 2 / 2) * image.width / 4, row * image.height / 5)
                draw.text(place, "SAMPLE", fill=ink, font=font)
    label = (image.width * 3 // 4, image.height * 9 // 10, image.width, image.height)
    draw.rectangle(label, fill=(20, 20, 20, 255))
    draw.text((label[0] + 2, label[1]), "gallery.example", fill="white", font=ImageFont.load_default(side / 24))
    return Image.alpha_composite(image.convert("RGBA"), layer).convert("RGB")


def _screenshot(image: Image.Image, random: Random) -> Image.Image:
    """As a program shows it: a bar above, a border on all sides, light or dark."""
    sides, above, below = random.uniform((0.02, 0.05, 0.03), (0.07, 0.12, 0.09))
    ground, ink = ((245, 245, 245), (60, 60, 60)) if random.random() < 0.5 else ((28, 28, 30), (220, 220, 220))
    margin, bar = round(image.width * sides), round(image.height * above)
    canvas = Image.new("RGB", (image.width + 2 * margin, image.height + bar + round(image.height * below)), ground)
    canvas.paste(image, (margin, bar))
    draw = ImageDraw.Draw(canvas)
    draw.text((margin, bar // 4), "12:41   IMG_2041", fill=ink, font=ImageFont.load_default(max(8, bar / 2)))
    draw.ellipse((canvas.width - bar, bar // 4, canvas.width - bar // 2, bar * 3 // 4), fill=ink)
    return canvas


EDITS: dict[str, Edit] = {
    "half size": lambda image, _: encode(_resized(image, 0.5)),
    "JPEG 40": lambda image, _: encode(image, quality=40),
    "WebP 70": lambda image, _: encode(image, "WEBP", quality=70),
    "PNG": lambda image, _: encode(image, "PNG"),
    "brightness": lambda image, random: encode(ImageEnhance.Brightness(image).enhance(random.choice((0.75, 1.25)))),
    "contrast": lambda image, random: encode(ImageEnhance.Contrast(image).enhance(random.choice((0.7, 1.35)))),
    "grey": lambda image, _: encode(image.convert("L")),
    "colour filter": lambda image, _: encode(_filtered(image)),
    "blur": lambda image, _: encode(image.filter(ImageFilter.GaussianBlur(max(image.size) / 200))),
    "40 % size, JPEG 50": lambda image, _: encode(_resized(image, 0.4), quality=50),
    "crop 5 %": lambda image, random: encode(_cropped(image, random, 0.05)),
    "crop 10 %": lambda image, random: encode(_cropped(image, random, 0.1)),
    "crop 20 %": lambda image, random: encode(_cropped(image, random, 0.2)),
    "turned by flag": lambda image, _: _turned_by_flag(image),
    "turned in pixels": lambda image, _: encode(image.transpose(Image.Transpose.ROTATE_90)),
    "mirrored": lambda image, _: encode(image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)),
    "watermark": lambda image, random: encode(_watermarked(image, random)),
    "screenshot": lambda image, random: encode(_screenshot(image, random)),
}


def plain(color: str) -> Image.Image:
    return Image.new("RGB", (640, 480), color)


def sky(random: Random) -> Image.Image:
    """From one blue or red to another, downwards, with a sensor's noise."""
    top, bottom = random.uniform((40, 90, 150), (140, 180, 255)), random.uniform((150, 150, 150), (250, 230, 255))
    share = np.linspace(0, 1, 480)[:, None, None] ** random.uniform(0.6, 1.6)
    rows = top * (1 - share) + bottom * share
    return _to_image(np.broadcast_to(rows, (480, 640, 3)) + random.normal(0, 2, (480, 640, 3)))


def page(random: Random) -> Image.Image:
    """A page of text: the margins and lines of all such pages, and words of its own."""
    image = Image.new("RGB", (850, 1100), (252, 252, 250))
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(15)
    draw.text((90, 60), " ".join(random.choice(WORDS, 4)).title(), fill=(20, 20, 20), font=ImageFont.load_default(30))
    for line in range(44):
        if random.random() < 0.9:
            text, limit = "", 670 if random.random() < 0.8 else random.uniform(100, 600)
            while draw.textlength(text, font) < limit:
                text += f"{random.choice(WORDS)} "
            draw.text((90, 120 + line * 21), text, fill=(30, 30, 30), font=font)
    return image


def burst(image: Image.Image, random: Random, count: int) -> list[Image.Image]:
    """Shots of one scene within seconds: the camera shakes, and something in front of it moves."""
    subject_side = round(min(image.size) * 0.4)
    left, top = (int(random.integers(0, side - subject_side)) for side in image.size)
    subject = image.crop((left, top, left + subject_side, top + subject_side)).transpose(
        Image.Transpose.FLIP_LEFT_RIGHT
    )
    mask = Image.new("L", subject.size)
    ImageDraw.Draw(mask).ellipse((0, 0, *subject.size), fill=255)
    mask = mask.filter(ImageFilter.GaussianBlur(subject_side / 20))
    shots = []
    for shot in range(count):
        scene = image.copy()
        place = [round(shot / count * (side - subject_side)) for side in image.size]
        scene.paste(subject, (place[0], place[1]), mask)
        angle, zoom = random.uniform(-1.5, 1.5), random.uniform(1.03, 1.06)
        turned = scene.rotate(angle, Image.Resampling.BICUBIC)
        shots.append(_inside(turned, zoom, random))
    return shots


def _inside(image: Image.Image, zoom: float, random: Random) -> Image.Image:
    width, height = image.width / zoom, image.height / zoom
    left, top = random.uniform(0, image.width - width), random.uniform(0, image.height - height)
    box = (left, top, left + width, top + height)
    return image.resize(image.size, Image.Resampling.BICUBIC, box=box)


def _to_image(levels: NDArray[np.float64]) -> Image.Image:
    return Image.fromarray(levels.clip(0, 255).round().astype(np.uint8))


PLAIN = [
    partial(plain, color)
    for color in (
        "white",
        "black",
        "#d02020",
        "#2040c0",
        "#20a040",
        "#808080",
        "#f0d020",
        "#102030",
        "#e8e0d0",
        "#fff0f0",
    )
]
