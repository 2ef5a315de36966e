"""What a web server calls: the site as one WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

from supple.fleet import leave_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supple.web.settings")
application = get_wsgi_application()
leave_with_parent()
