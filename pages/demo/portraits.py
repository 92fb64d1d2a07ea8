"""Portraits of the demo's sample persons, who resemble nobody: heads made of circles."""

from typing import Literal

from pages.demo.drawing import Canvas, Colour, Motif, disc

Hair = Literal["short", "long", "bun", "cap", "scarf", "bald"]

# The head within the picture, as parts of its width and height: (x, y) of the middle, and size.
HEAD = (0.5, 0.4)
HEAD_SIZE = (0.4, 0.4)


def portrait(wall: Colour, coat: Colour, skin: Colour, hair: Colour, style: Hair) -> Motif:
    """Head and shoulders before a wall."""

    def draw(canvas: Canvas, width: int, height: int) -> None:
        x, y = width * HEAD[0], height * HEAD[1]
        radius = width * 0.17
        canvas.rectangle((0, 0, width, height), fill=wall)
        disc(canvas, x, y + radius, width * 0.42, "#ffffff")
        disc(canvas, x, y + radius, width * 0.405, wall)
        behind_head(canvas, x, y, radius, hair, style)
        shoulders = (width * 0.14, height * 0.66, width * 0.86, height * 1.2)
        canvas.rounded_rectangle(shoulders, radius=int(width * 0.2), fill=coat)
        neck = (x - radius * 0.42, y + radius * 0.7, x + radius * 0.42, height * 0.71)
        canvas.rounded_rectangle(neck, radius=int(radius * 0.35), fill=skin)
        collar = [(x - radius * 0.8, height * 0.66), (x, height * 0.76), (x, height * 0.68)]
        canvas.polygon(collar, fill="#f4f1ea")
        canvas.polygon([(2 * x - left, top) for left, top in collar], fill="#f4f1ea")
        head = (x - radius * 0.9, y - radius * 1.1, x + radius * 0.9, y + radius * 1.15)
        canvas.ellipse(head, fill=skin)
        for side in (-1, 1):
            disc(canvas, x + side * radius * 0.36, y, radius * 0.08, "#2b2623")
        smile = (x - radius * 0.4, y + radius * 0.1, x + radius * 0.4, y + radius * 0.72)
        canvas.arc(smile, 25, 155, fill="#2b2623", width=int(radius * 0.07))
        on_head(canvas, x, y, radius, hair, style)
        disc(canvas, width * 0.66, height * 0.82, width * 0.03, "#d9b44a")

    return draw


def behind_head(
    canvas: Canvas, x: float, y: float, radius: float, hair: Colour, style: Hair
) -> None:
    if style == "long":
        long = (x - radius * 1.2, y - radius * 1.2, x + radius * 1.2, y + radius * 2.2)
        canvas.rounded_rectangle(long, radius=int(radius), fill=hair)
    elif style == "bun":
        disc(canvas, x, y - radius * 1.3, radius * 0.48, hair)
    elif style == "scarf":
        scarf = (x - radius * 1.2, y - radius * 1.4, x + radius * 1.2, y + radius * 1.9)
        canvas.ellipse(scarf, fill=hair)


def on_head(canvas: Canvas, x: float, y: float, radius: float, hair: Colour, style: Hair) -> None:
    crown = (x - radius, y - radius * 1.25, x + radius, y + radius * 0.55)
    if style in {"short", "long", "bun", "scarf"}:
        canvas.chord(crown, 195, 345, fill=hair)
    elif style == "cap":
        canvas.chord(crown, 185, 355, fill=hair)
        peak = (x - radius * 1.1, y - radius * 0.55, x + radius * 1.1, y - radius * 0.3)
        canvas.rounded_rectangle(peak, radius=int(radius * 0.12), fill="#1d2433")
