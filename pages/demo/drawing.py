"""Motifs for the demo's pictures, drawn from plain shapes: the same on every machine."""

import io
import math
from collections.abc import Callable
from typing import Literal

from PIL import Image, ImageColor, ImageDraw

# Drawn larger and scaled down, so that edges are smooth.
SCALE = 2

Colour = str
Canvas = ImageDraw.ImageDraw
Motif = Callable[[Canvas, int, int], None]


def picture(width: int, height: int, motif: Motif, kind: Literal["JPEG", "PNG"]) -> bytes:
    """The file of a picture whose motif is drawn onto a canvas of the given size."""
    image = Image.new("RGB", (width * SCALE, height * SCALE))
    motif(ImageDraw.Draw(image), width * SCALE, height * SCALE)
    image = image.reduce(SCALE)
    file = io.BytesIO()
    if kind == "JPEG":
        image.save(file, "JPEG", quality=82)
    else:
        image.quantize(32).save(file, "PNG")
    return file.getvalue()


def between(start: Colour, end: Colour, part: float) -> tuple[int, int, int]:
    """The colour that lies `part` of the way from `start` to `end`."""
    pairs = zip(ImageColor.getrgb(start), ImageColor.getrgb(end), strict=True)
    red, green, blue = (round(a + (b - a) * part) for a, b in pairs)
    return red, green, blue


def sky(canvas: Canvas, width: int, height: int, top: Colour, bottom: Colour) -> None:
    bands = 48
    for band in range(bands):
        upper, lower = band * height // bands, (band + 1) * height // bands
        canvas.rectangle((0, upper, width, lower), fill=between(top, bottom, band / bands))


def disc(canvas: Canvas, x: float, y: float, radius: float, colour: Colour) -> None:
    canvas.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)


def skyline(top: Colour, bottom: Colour, sun: Colour, near: Colour, far: Colour) -> Motif:
    """Two rows of buildings before a low sun."""

    def draw(canvas: Canvas, width: int, height: int) -> None:
        sky(canvas, width, height, top, bottom)
        disc(canvas, width * 0.68, height * 0.36, height * 0.16, sun)
        for row, (colour, count, floor) in enumerate([(far, 17, 0.40), (near, 11, 0.22)]):
            step = width / count
            for number in range(count):
                wave = abs(math.sin(number * 2.3 + row * 1.1))
                roof = height * (1 - floor - 0.28 * wave)
                left = number * step
                canvas.rectangle((left, roof, left + step * 0.94, height), fill=colour)
                if row and number % 3 == 1:
                    canvas.rectangle(
                        (left + step * 0.44, roof - height * 0.08, left + step * 0.5, roof),
                        fill=colour,
                    )

    return draw


def hills(top: Colour, bottom: Colour, sun: Colour, near: Colour, far: Colour) -> Motif:
    """A winding road over four ranges of hills."""

    def draw(canvas: Canvas, width: int, height: int) -> None:
        sky(canvas, width, height, top, bottom)
        disc(canvas, width * 0.3, height * 0.34, height * 0.1, sun)
        for ridge in range(4):
            base = 0.5 + 0.14 * ridge
            points = [
                (x, height * (base + 0.05 * math.sin(x / width * (5 + 2 * ridge) + ridge * 1.7)))
                for x in range(0, width + 1, width // 100)
            ]
            colour = between(far, near, ridge / 3)
            canvas.polygon([(0, height), *points, (width, height)], fill=colour)
        bends = [part / 40 for part in range(41)]
        middle = [width * (0.5 + 0.16 * math.sin(bend * 5) * (1.1 - bend)) for bend in bends]
        breadth = [width * (0.12 - 0.11 * bend) for bend in bends]
        rows = [height * (1 - 0.42 * bend) for bend in bends]
        left = [(x - b, y) for x, b, y in zip(middle, breadth, rows, strict=True)]
        right = [(x + b, y) for x, b, y in zip(middle, breadth, rows, strict=True)]
        canvas.polygon([*left, *reversed(right)], fill=bottom)

    return draw


def bridge(top: Colour, bottom: Colour, water: Colour, stone: Colour) -> Motif:
    """A bridge of five arches."""

    def draw(canvas: Canvas, width: int, height: int) -> None:
        sky(canvas, width, height, top, bottom)
        canvas.rectangle((0, height * 0.74, width, height), fill=water)
        canvas.rectangle((0, height * 0.42, width, height * 0.8), fill=stone)
        span = width / 5
        for arch in range(5):
            left, right = (arch + 0.1) * span, (arch + 0.9) * span
            canvas.ellipse((left, height * 0.5, right, height * 0.9), fill=bottom)
        canvas.rectangle((0, height * 0.74, width, height), fill=water)
        for pier in range(6):
            left = (pier - 0.1) * span
            canvas.rectangle((left, height * 0.6, left + 0.2 * span, height * 0.8), fill=stone)
        for wave in range(7):
            y = height * (0.8 + 0.025 * wave)
            left = width * (0.08 + 0.11 * (wave * 3 % 7))
            canvas.rectangle((left, y, left + width * 0.16, y + height * 0.006), fill=bottom)

    return draw


def mosaic(*colours: Colour) -> Motif:
    """Triangles in rows."""

    def draw(canvas: Canvas, width: int, height: int) -> None:
        columns, rows = 12, 8
        w, h = width / columns, height / rows
        for row in range(rows):
            for column in range(columns):
                x, y = column * w, row * h
                first = colours[(row * 5 + column * 3 + row * column) % len(colours)]
                second = colours[(row * 2 + column * 7 + 1) % len(colours)]
                canvas.rectangle((x, y, x + w, y + h), fill=first)
                corner = (x + w, y) if (row + column) % 2 else (x, y)
                canvas.polygon([corner, (x, y + h), (x + w, y + h)], fill=second)

    return draw


def panel(wall: Colour, table: Colour, *people: Colour) -> Motif:
    """People behind a long table, each a head and shoulders."""

    def draw(canvas: Canvas, width: int, height: int) -> None:
        canvas.rectangle((0, 0, width, height), fill=wall)
        canvas.rectangle((width * 0.3, height * 0.08, width * 0.7, height * 0.3), fill="#f7f3ea")
        for line in range(3):
            y = height * (0.14 + 0.05 * line)
            canvas.rectangle((width * 0.34, y, width * 0.6, y + height * 0.015), fill=table)
        step = width / (len(people) + 1)
        for place, colour in enumerate(people, start=1):
            x, y = place * step, height * 0.47
            disc(canvas, x, y, height * 0.075, ("#8d5a3b", "#e0ac82", "#c58a5c")[place % 3])
            shoulders = (x - step * 0.38, y + height * 0.09, x + step * 0.38, height * 0.95)
            canvas.rounded_rectangle(shoulders, radius=int(step * 0.3), fill=colour)
        canvas.rectangle((0, height * 0.72, width, height), fill=table)
        canvas.rectangle((0, height * 0.72, width, height * 0.74), fill="#f7f3ea")

    return draw


def columns(top: Colour, bottom: Colour, stone: Colour, shade: Colour) -> Motif:
    """The front of a court house: steps, columns and a gable."""

    def draw(canvas: Canvas, width: int, height: int) -> None:
        sky(canvas, width, height, top, bottom)
        left, right = width * 0.16, width * 0.84
        gable = [(left, height * 0.36), (width * 0.5, height * 0.14), (right, height * 0.36)]
        canvas.polygon(gable, fill=stone)
        canvas.rectangle((left, height * 0.36, right, height * 0.42), fill=shade)
        canvas.rectangle((left, height * 0.42, right, height * 0.8), fill=shade)
        for column in range(7):
            x = left + (column + 0.5) * (right - left) / 7
            canvas.rectangle(
                (x - width * 0.025, height * 0.42, x + width * 0.025, height * 0.8), fill=stone
            )
        for step in range(3):
            out = width * 0.03 * (step + 1)
            upper = height * (0.8 + 0.05 * step)
            colour = between(stone, shade, step / 3)
            canvas.rectangle((left - out, upper, right + out, upper + height * 0.05), fill=colour)
        canvas.rectangle((0, height * 0.95, width, height), fill=shade)

    return draw


def seal(field: Colour, ring: Colour, star: Colour) -> Motif:
    """A round emblem with a star."""

    def draw(canvas: Canvas, width: int, height: int) -> None:
        canvas.rectangle((0, 0, width, height), fill="white")
        x, y = width / 2, height / 2
        disc(canvas, x, y, width * 0.48, field)
        disc(canvas, x, y, width * 0.42, ring)
        disc(canvas, x, y, width * 0.39, field)
        points = []
        for corner in range(10):
            radius = width * (0.3 if corner % 2 == 0 else 0.125)
            angle = math.radians(corner * 36 - 90)
            points.append((x + radius * math.cos(angle), y + radius * math.sin(angle)))
        canvas.polygon(points, fill=star)

    return draw
