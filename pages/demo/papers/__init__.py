"""The papers, one a file. To add one, copy a file and name it here."""

from pages.demo.papers import (
    agreements_287g,
    crime,
    detainers_report,
    detainers_summary,
    guidelines,
    lpr_ability,
    lpr_jurisdictions,
    ms_13,
    priorities,
    recruiting,
    section_1373,
    warrant_service_officers,
)

PAPERS = [
    detainers_report.PAPER,
    detainers_summary.PAPER,
    lpr_ability.PAPER,
    section_1373.PAPER,
    agreements_287g.PAPER,
    ms_13.PAPER,
    crime.PAPER,
    warrant_service_officers.PAPER,
    priorities.PAPER,
    lpr_jurisdictions.PAPER,
    guidelines.PAPER,
    recruiting.PAPER,
]
