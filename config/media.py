"""Uploaded files from the local disk. With another store behind `MEDIA_STORAGE_URL` the store serves them."""

import posixpath

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve as serve_file

#: Images that Wagtail has checked, films that were checked at upload, and what editions keep of both; nothing
#: else is public.
PUBLIC_FOLDERS = ("images/", "original_images/", "films/", "editions/")

#: No name of ours is longer; the disk answers a longer one with an error instead of "not there".
MAX_LENGTH = 255


@require_safe
def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """An uploaded picture or video. Whatever it claims to be, it can't run: its type is not guessed by the
    browser and scripts in it are sandboxed. 404 for any other folder."""
    path = posixpath.normpath(path)
    if not path.startswith(PUBLIC_FOLDERS) or len(path) > MAX_LENGTH:
        return HttpResponse(status=404)
    response = serve_file(request, path, document_root=str(settings.MEDIA_ROOT))
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "public, max-age=604800"
    return response
