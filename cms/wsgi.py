"""The WSGI application. Under `manage.py run` the settings are already chosen; a bare server gets production's."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")

application = get_wsgi_application()
