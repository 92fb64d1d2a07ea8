from api.changes.models import Announced, Change
from api.documents.models import Dependency, Document, Dropped, Installed, Touched

__all__ = ["Announced", "Change", "Dependency", "Document", "Dropped", "Installed", "Touched"]
