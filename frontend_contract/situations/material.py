"""What the pages of the examples refer to: pictures, files, people and the like, each with its id.

Everything here is invented.
"""

import io

from django.core.files.base import ContentFile
from PIL import Image as PillowImage
from PIL import ImageDraw
from wagtail.embeds.embeds import get_embed_hash
from wagtail.embeds.models import Embed
from wagtail.models import Collection, CollectionViewRestriction

from pages import models
from pages.demo.files import pdf
from pages.demo.identity import stable_uuid
from pages.demo.stock import Stock

VIDEO = "https://video.example.org/watch/night-on-the-river"

# In the order of their ids: name, title, description, size.
PICTURES = [
    ("gauge", "River gauge", "A painted gauge post in brown water.", (2400, 1350)),
    ("volunteers", "Volunteers", "People hand sandbags along a wall.", (1280, 960)),
    ("director", "Ines Valdane", "Portrait of Ines Valdane.", (800, 1000)),
    ("emblem", "Emblem of the alliance", "A wave under a bell.", (512, 512)),
    ("map", "Map of the valley", "", (640, 400)),
    ("withheld", "Unreleased picture", "What nobody outside may see.", (640, 400)),
    ("lost", "Lost picture", "A picture that will be deleted.", (640, 400)),
]
# Plain patches, none like another: a placeholder is made of how light and colours are spread, and
# what is spread evenly leaves it to the last bit of a sum which way it is rounded.
PATCHES = [
    ((0.0, 0.0, 1.0, 1.0), "#27506b"),
    ((0.0, 0.0, 0.37, 0.29), "#f2c39b"),
    ((0.58, 0.11, 0.93, 0.46), "#c6452f"),
    ((0.13, 0.55, 0.49, 0.97), "#6fae5a"),
    ((0.66, 0.71, 1.0, 0.84), "#f0e442"),
]
DOCUMENTS = [
    ("handbook", "Flood warning handbook", ["What a town needs before the water comes."]),
    ("letter", "The letter as sent", ["The letter with all of its signatures."]),
    ("minutes", "Minutes of a closed meeting", ["Not for the public."]),
    ("lost", "A file that will be deleted", ["Soon gone."]),
]
TOPICS = [("warning", "Early warning"), ("housing", "Housing"), ("volunteers", "Volunteers")]


def make_material(stock: Stock) -> None:
    """Pictures, files, snippets and a video, saved and named in `stock`."""
    closed = Collection.get_first_root_node().add_child(instance=Collection(name="Closed"))
    CollectionViewRestriction.objects.create(
        collection=closed, restriction_type=CollectionViewRestriction.LOGIN
    )
    _make_pictures(stock, closed)
    _make_documents(stock, closed)
    _make_snippets(stock)
    Embed.objects.create(
        hash=get_embed_hash(VIDEO),
        url=VIDEO,
        type="video",
        title="A night on the river",
        author_name="River Towns Alliance",
        provider_name="Example Video",
        thumbnail_url="https://video.example.org/thumbnails/night-on-the-river.jpg",
        width=1280,
        height=720,
        html=(
            '<iframe width="1280" height="720" '
            'src="https://video.example.org/embed/night-on-the-river" allowfullscreen></iframe>'
        ),
    )


def _make_pictures(stock: Stock, closed: Collection) -> None:
    for number, (name, title, description, size) in enumerate(PICTURES, start=1):
        image = models.NewsImage(
            pk=number,
            title=title,
            description=description,
            credit="" if name == "map" else "River Towns Alliance",
            file=ContentFile(_picture(size, number), f"{name}.png"),
        )
        if name == "withheld":
            image.collection = closed
        if name == "director":
            image.focal_point_x, image.focal_point_y = 400, 350
            image.focal_point_width = image.focal_point_height = 300
        image.save()
        if name == "gauge":
            image.tags.add("river", "gauge")
        stock.pictures[name] = image


def _picture(size: tuple[int, int], number: int) -> bytes:
    """A PNG: what is drawn is what is read again, whoever wrote the codec.

    The patches take their colours in turn, so that no two pictures are the same.
    """
    width, height = size
    image = PillowImage.new("RGB", size)
    canvas = ImageDraw.Draw(image)
    for place, ((left, top, right, bottom), _) in enumerate(PATCHES):
        _, colour = PATCHES[(place + number) % len(PATCHES)]
        canvas.rectangle(
            (int(left * width), int(top * height), int(right * width), int(bottom * height)),
            fill=colour,
        )
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def _make_documents(stock: Stock, closed: Collection) -> None:
    for number, (name, title, paragraphs) in enumerate(DOCUMENTS, start=1):
        document = models.NewsDocument(
            pk=number, title=title, file=ContentFile(pdf(title, [paragraphs]), f"{name}.pdf")
        )
        if name == "minutes":
            document.collection = closed
        document._set_document_file_metadata()
        document.save()
        if name == "handbook":
            document.tags.add("handbook")
        stock.documents[name] = document


def _make_snippets(stock: Stock) -> None:
    for number, (slug, title) in enumerate(TOPICS, start=1):
        stock.topics[slug] = models.Topic.objects.create(
            pk=number, uuid=stable_uuid(f"topic {slug}"), name=title, slug=slug
        )
    stock.organisations["alliance"] = models.Organisation.objects.create(
        pk=1,
        uuid=stable_uuid("organisation alliance"),
        name="River Towns Alliance",
        short_name="RTA",
        url="https://alliance.example.org/",
        logo=stock.pictures["emblem"],
    )
    stock.organisations["records"] = models.Organisation.objects.create(
        pk=2, uuid=stable_uuid("organisation records"), name="Office of Water Records"
    )
    people = [
        ("valdane", "Ines Valdane", "Director", "alliance", "director"),
        ("merrow", "Tobias Merrow", "Flood Warden", "records", "lost"),
        ("holm", "Priya Holm", "", None, None),
    ]
    for number, (name, full_name, post, organisation, portrait) in enumerate(people, start=1):
        stock.people[name] = models.Person.objects.create(
            pk=number,
            uuid=stable_uuid(f"person {name}"),
            name=full_name,
            post=post,
            organisation=stock.organisations[organisation] if organisation else None,
            portrait=stock.pictures[portrait] if portrait else None,
        )
    contacts = [
        ("whitlock", "Dana Whitlock", "Press officer", "+1 202 555 0142", "Until 8 p.m. Eastern"),
        ("finch", "Omar Finch", "", "", ""),
        ("lost", "A contact that will be deleted", "", "", ""),
    ]
    for number, (name, full_name, role, phone, remark) in enumerate(contacts, start=1):
        stock.contacts[name] = models.PressContact.objects.create(
            pk=number,
            uuid=stable_uuid(f"contact {name}"),
            name=full_name,
            role=role,
            phone=phone,
            email=f"{name}@alliance.example.org",
            note=remark,
        )
    for number, (name, text) in enumerate(
        [
            (
                "alliance",
                "<p>The <b>River Towns Alliance</b> is made up of 84 towns that warn each other of "
                'high water. More at <a href="https://alliance.example.org/">its own site</a>.</p>',
            ),
            ("lost", "<p>A standing text that will be deleted.</p>"),
        ],
        start=1,
    ):
        stock.boilerplates[name] = models.Boilerplate.objects.create(
            pk=number,
            uuid=stable_uuid(f"boilerplate {name}"),
            name=name,
            title="About the alliance",
            text=text,
        )
