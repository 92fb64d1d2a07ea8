"""The demo's pictures. To add one, name it here and describe what is on it."""

from dataclasses import dataclass
from typing import Literal

from django.core.files.base import ContentFile

from pages.demo.drawing import (
    Motif,
    bridge,
    columns,
    hills,
    mosaic,
    panel,
    picture,
    seal,
    skyline,
)
from pages.demo.portraits import HEAD, HEAD_SIZE, portrait
from pages.models import NewsImage

LANDSCAPE = (1600, 1067)
UPRIGHT = (1200, 1500)
SQUARE = (512, 512)

CREDIT = "Drawing made for this demonstration"


@dataclass(frozen=True)
class Picture:
    """A picture to draw. The description is its alternative text."""

    title: str
    description: str
    motif: Motif
    size: tuple[int, int] = LANDSCAPE
    kind: Literal["JPEG", "PNG"] = "JPEG"
    head: bool = False

    def make(self, name: str) -> NewsImage:
        """Draws and saves it under a file name of `name`; portraits keep the head in every crop."""
        width, height = self.size
        content = picture(width, height, self.motif, self.kind)
        suffix = "jpg" if self.kind == "JPEG" else "png"
        image = NewsImage(
            title=self.title,
            description=self.description,
            credit=CREDIT,
            file=ContentFile(content, f"{name}.{suffix}"),
        )
        if self.head:
            image.focal_point_x = round(width * HEAD[0])
            image.focal_point_y = round(height * HEAD[1])
            image.focal_point_width = round(width * HEAD_SIZE[0])
            image.focal_point_height = round(height * HEAD_SIZE[1])
        image._set_image_file_metadata()
        image.save()
        return image


def upright(name: str, description: str, motif: Motif) -> Picture:
    return Picture(f"Portrait of {name}", description, motif, UPRIGHT, head=True)


PICTURES = {
    "harbour-dawn": Picture(
        "City at dawn",
        "Drawing of a city skyline before a low orange sun.",
        skyline("#27406b", "#f2c39b", "#f08a4b", "#16233f", "#4d6590"),
    ),
    "harbour-night": Picture(
        "City at night",
        "Drawing of a city skyline under a pale moon.",
        skyline("#0d1526", "#31466f", "#e9e4d0", "#0a0f1c", "#1d2b4a"),
    ),
    "road": Picture(
        "Road over the hills",
        "Drawing of a pale road that winds over green hills toward the horizon.",
        hills("#8fc1d9", "#f4ead2", "#f6c453", "#2f5d46", "#9dbf9e"),
    ),
    "road-evening": Picture(
        "Road in the evening",
        "Drawing of a road over violet hills at sunset.",
        hills("#4c3b6e", "#f2b59a", "#f7e3b5", "#2e2347", "#8a6d9e"),
    ),
    "bridge": Picture(
        "Stone bridge",
        "Drawing of a stone bridge with five arches over calm water.",
        bridge("#9cc7d6", "#eef4ee", "#3d7287", "#a58a6f"),
    ),
    "court": Picture(
        "Court house",
        "Drawing of a court house with seven columns and a gable.",
        columns("#7fa3c7", "#e8eef2", "#efe6d3", "#b7a88b"),
    ),
    "state-house": Picture(
        "State house",
        "Drawing of a public building with columns in warm evening light.",
        columns("#c9785a", "#f6dfb8", "#f3ead9", "#a2785b"),
    ),
    "panel": Picture(
        "Panel discussion",
        "Drawing of five people behind a long table with a screen above them.",
        panel("#34506b", "#7a5b43", "#1f2d4d", "#5a7d6a", "#1f2d4d", "#8a4b3d", "#3c4a5e"),
    ),
    "round-table": Picture(
        "Round of officials",
        "Drawing of four people in uniform behind a table.",
        panel("#6d8a83", "#4a3b32", "#1d2b4a", "#27406b", "#1d2b4a", "#27406b"),
    ),
    "mosaic": Picture(
        "Mosaic in blue and sand",
        "Pattern of blue, sand and brick triangles.",
        mosaic("#27406b", "#d9c7a3", "#4d6590", "#b5573c", "#f2ead9"),
    ),
    "mosaic-green": Picture(
        "Mosaic in green",
        "Pattern of green, cream and gold triangles.",
        mosaic("#2f5d46", "#9dbf9e", "#f4ead2", "#d9b44a", "#5a7d6a"),
    ),
    "task-force-logo": Picture(
        "Emblem with a star",
        "Round blue emblem with a gold star.",
        seal("#1d2b4a", "#d9b44a", "#d9b44a"),
        SQUARE,
        "PNG",
    ),
    "forum-logo": Picture(
        "Emblem in green",
        "Round green emblem with a white star.",
        seal("#2f5d46", "#f4ead2", "#ffffff"),
        SQUARE,
        "PNG",
    ),
    "reyes": upright(
        "Jordan Reyes (sample)",
        "Drawn portrait of a police chief with short grey hair.",
        portrait("#c9d6e3", "#1d2b4a", "#c58a5c", "#8a8f98", "short"),
    ),
    "castellan": upright(
        "Miriam Castellan (sample)",
        "Drawn portrait of a sheriff with long brown hair.",
        portrait("#e3d6c0", "#4a3b32", "#e0ac82", "#5b3a29", "long"),
    ),
    "okafor-lind": upright(
        "Amara Okafor-Lind (sample)",
        "Drawn portrait of a smiling officer with her hair in a bun.",
        portrait("#d8c3a5", "#1d2b4a", "#6b4226", "#1b1513", "bun"),
    ),
    "petrov-haas": upright(
        "Daniel Petrov-Haas (sample)",
        "Drawn portrait of a deputy in a dark green cap.",
        portrait("#bcd0c7", "#5b5f3a", "#e8bd98", "#3a4a2e", "cap"),
    ),
    "tran-moreau": upright(
        "Linh Tran-Moreau (sample)",
        "Drawn portrait of a detective with long black hair.",
        portrait("#c7c3dd", "#3c3f4f", "#d9a878", "#15141a", "long"),
    ),
    "quintanilla-berg": upright(
        "Rosa Quintanilla-Berg (sample)",
        "Drawn portrait of a sergeant in a blue cap.",
        portrait("#e6c6b5", "#27406b", "#a86f48", "#1d2b4a", "cap"),
    ),
    "haddad-cole": upright(
        "Samir Haddad-Cole (sample)",
        "Drawn portrait of a bald lieutenant.",
        portrait("#b9cfd6", "#1d2b4a", "#b9825a", "#1b1513", "bald"),
    ),
    "kowalczyk-reed": upright(
        "Ewa Kowalczyk-Reed (sample)",
        "Drawn portrait of a captain with short fair hair.",
        portrait("#d5ddc3", "#3b4a6b", "#f0cdb0", "#d6b36a", "short"),
    ),
}


def draw_all() -> dict[str, NewsImage]:
    """Every picture, drawn and saved, by name."""
    return {name: picture.make(name) for name, picture in PICTURES.items()}
