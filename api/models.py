from api.documents.models import Dependency, Document, Dropped, Installed, Touched

__all__ = ["Dependency", "Document", "Dropped", "Installed", "Touched"]
