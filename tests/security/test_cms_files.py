"""Files that editors upload: what isn't what it says is refused, and nothing served can run."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Picture
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection

from learning.modules.models import Video
from tests.conftest import signed_in

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
POLYGLOT = b"GIF89a/*\x01\x00*/=1;alert(1)//"


@pytest.fixture
def editor(communicator):
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")
    return signed_in(communicator, verified=True)


def _png(width: int, height: int) -> bytes:
    """A small file that says it is a huge picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 999)) + chunk(b"IEND", b"")
    )


def _real_png() -> bytes:
    file = io.BytesIO()
    Picture.new("RGB", (8, 8)).save(file, "PNG")
    return file.getvalue()


HOSTILE_IMAGES = {
    "a.svg": SVG,
    "b.png": SVG,
    "c.jpg": POLYGLOT,
    "d.gif": POLYGLOT,
    "flood.png": _png(100_000, 100_000),
    "page.html": b"<script>alert(1)</script>",
    "e.png": b"MZ" + b"\0" * 100,
    "f.png.php": b"<?php",
}


@pytest.mark.parametrize("name", HOSTILE_IMAGES)
def test_a_hostile_picture_is_refused(editor, name):
    for address, field in (("wagtailimages:add", "file"), ("wagtailimages:add_multiple", "files[]")):
        upload = SimpleUploadedFile(name, HOSTILE_IMAGES[name], "image/png")
        answer = editor.post(reverse(address), {"title": "x", field: upload, "collection": "1"})
        assert answer.status_code in {200, 400}
    assert Image.objects.count() == 0


def test_a_picture_with_a_path_in_its_name_stays_in_its_folder(editor):
    upload = SimpleUploadedFile("x.png", _real_png(), "image/png")
    upload._name = "../../../etc/x.png"
    editor.post(reverse("wagtailimages:add"), {"title": "x", "file": upload})
    assert all(image.file.name.startswith("original_images/") for image in Image.objects.all())


def test_a_document_is_a_pdf_and_comes_as_a_download(editor, client):
    def sent(name, content):
        file = SimpleUploadedFile(name, content, "application/pdf")
        return editor.post(reverse("wagtaildocs:add"), {"title": "Rules", "file": file})

    for name, content in {"a.html": b"<script>", "a.pdf": b"<script>%PDF-1.7", "b.pdf": SVG}.items():
        assert sent(name, content).status_code == 200
    assert Document.objects.count() == 0
    assert sent("rules.pdf", b"%PDF-1.7\n%%EOF").status_code == 302
    for name in ("wagtaildocs:index", "wagtaildocs:index_results"):
        assert editor.get(reverse(name)).status_code == 200
    answer = client.get(Document.objects.get().url)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]


FILMS = {"a.mp4": SVG, "a.html": b"\0\0\0\x18ftypisom", "b.webm": POLYGLOT, "c.mp4": b"", "d.svg": SVG}


@pytest.mark.parametrize("name", FILMS)
def test_a_film_that_is_none_is_refused(editor, name):
    data = {
        "title": "Film",
        "transcript": "What is said.",
        "file": SimpleUploadedFile(name, FILMS[name], "video/mp4"),
        "captions": SimpleUploadedFile("a.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n", "text/vtt"),
    }
    assert editor.post(reverse("wagtailsnippets_modules_video:add"), data).status_code == 200
    assert Video.objects.count() == 0


@pytest.mark.parametrize("captions", [b"<script>alert(1)</script>", b"WEBVTT\xff\xfe", SVG, b"WEBVTT\nno line"])
def test_captions_that_are_none_are_refused(editor, captions):
    data = {
        "title": "Film",
        "transcript": "What is said.",
        "file": SimpleUploadedFile("a.mp4", b"\0\0\0\x18ftypisom" + b"\0" * 50, "video/mp4"),
        "captions": SimpleUploadedFile("a.vtt", captions, "text/vtt"),
    }
    assert editor.post(reverse("wagtailsnippets_modules_video:add"), data).status_code == 200
    assert Video.objects.count() == 0


@pytest.mark.parametrize(
    "path", ["images/" + "a" * 5000, "images/%00", "images/../../../etc/passwd", "documents/a.pdf"]
)
def test_no_odd_name_of_a_file_breaks_anything_or_leads_out(client, db, path):
    assert client.get(f"/media/{path}").status_code == 404
