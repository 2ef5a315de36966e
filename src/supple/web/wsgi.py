"""What a web server calls: the site as one WSGI application."""

import os
import threading

from django.core.wsgi import get_wsgi_application

LOOK_S = 0.5
STANDING = threading.Event()  # which nobody sets


def leave_with(parent: int) -> None:
    """Ends this process when the one that started it is gone, however that went: nobody else would free the port."""
    while os.getppid() == parent:
        STANDING.wait(LOOK_S)
    os._exit(1)  # what is kept is whole: the database writes all of a change or nothing


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supple.web.settings")
application = get_wsgi_application()
threading.Thread(target=leave_with, args=(os.getppid(),), daemon=True).start()
