"""What is published of the contract, beside the delivery API."""

from django.urls import path

from frontend_contract.views import openapi_document

urlpatterns = [path("openapi.json", openapi_document, name="openapi")]
