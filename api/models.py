from api.changes.models import Announced, Change
from api.documents.models import Dependency, Document, Dropped, Installed, Touched
from api.webhooks.models import Attempt, Delivery, Endpoint, Secret

__all__ = [
    "Announced",
    "Attempt",
    "Change",
    "Delivery",
    "Dependency",
    "Document",
    "Dropped",
    "Endpoint",
    "Installed",
    "Secret",
    "Touched",
]
