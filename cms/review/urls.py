"""The reviewers' endpoints, below `/api/v2/review/`."""

from django.urls import path

from cms.review.api import RemarksView, ReviewView, TextView, VerdictView, VisitView

urlpatterns = [
    path("", ReviewView.as_view(), name="review"),
    path("visit/", VisitView.as_view(), name="review_visit"),
    path("comments/", RemarksView.as_view(), name="review_comments"),
    path("verdict/", VerdictView.as_view(), name="review_verdict"),
    path("text/", TextView.as_view(), name="review_text"),
]
