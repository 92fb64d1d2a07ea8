"""The press release. Its two quotations are brief, and word for word as they were published."""

from datetime import date
from typing import Any

from pages.demo.item import Item
from pages.demo.stock import Stock
from pages.models import MediaContact, PressReleasePage, RelatedPage


def content(stock: Stock) -> dict[str, Any]:
    return {
        "kind": "press_release",
        # The page that this is modelled on gives no day.
        "date_precision": "month",
        "deck": "Chiefs and sheriffs speak with department officials about hiring and trust.",
        "summary": (
            "At a conference of police chiefs in San Diego, members of the task force met the "
            "Deputy Secretary of Homeland Security."
        ),
        "search_description": "The task force met department leaders in San Diego.",
        "share_image": stock.pictures["harbour-dawn"],
        "dateline_place": "SAN DIEGO",
        "issued_by": stock.organisations["task-force"],
        "body": [
            (
                "paragraph",
                "<p>Members of the Law Enforcement Immigration Task Force talked with leaders of "
                "the Department of Homeland Security (DHS), among them Deputy Secretary Alejandro "
                "Mayorkas, on the margins of the annual conference of the International "
                "Association of Chiefs of Police (IACP).</p><p>The talk was about immigration and "
                "the policing of communities, and about officers who are lawful permanent "
                "residents (LPRs).</p>",
            ),
            (
                "quote",
                {
                    "quotation": "These conversations have served as a great resource in our "
                    "continued efforts to build strong relationships with our immigrant "
                    "communities.",
                    "person": stock.people["manger"],
                    "post": "Chief of Police; Co-Chair of the Law Enforcement Immigration Task "
                    "Force",
                    "organisation": "Montgomery County, Maryland",
                },
            ),
            (
                "paragraph",
                "<p>On the program for the rest of the week:</p><ul><li>Tuesday: a panel on the "
                "hiring of permanent residents, as part of the conference</li><li>Wednesday: a "
                "tour of the border with Customs and Border Protection</li></ul>",
            ),
            (
                "quote",
                {
                    "quotation": "State and local law enforcement continue to engage with "
                    "immigrant communities to make policing more effective.",
                    "person": stock.people["noorani"],
                    "post": "Executive Director",
                    "organisation": "National Immigration Forum",
                },
            ),
            (
                "paragraph",
                "The task force’s view of the matter is set out in "
                f"{stock.link('lpr-ability', 'a paper on the hiring of permanent residents')}.",
            ),
        ],
        "boilerplate": stock.boilerplates["task-force"],
        "end_mark": "###",
        "topics": [stock.topics["community-policing"], stock.topics["hiring"]],
        "media_contacts": [MediaContact(contact=stock.contacts["press"])],
        "related_pages": [RelatedPage(related_page=stock.pages["lpr-ability"])],
    }


RELEASE = Item(
    name="dhs-leadership",
    model=PressReleasePage,
    parent="news",
    title="Law Enforcement Leaders Discuss Immigration With DHS Leadership",
    slug="law-enforcement-leaders-discuss-immigration-with-dhs-leadership",
    date=date(2016, 10, 1),
    content=content,
)
