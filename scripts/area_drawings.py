"""Writes `static/img/areas.svg`: the drawings that an area may have, as symbols of one file, so that the list of areas
is one request and not one an area. Run it after changing a drawing: .venv/bin/python scripts/area_drawings.py"""

import re
from pathlib import Path

IMAGES = Path(__file__).parent.parent / "static" / "img"
NAMES = ("truck", "kas", "kraan", "bureau", "telefoon", "schip", "vliegtuig", "sluis")
_DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


def inside(name: str) -> str:
    """What stands between the tags of this drawing's file."""
    found = _DRAWING.search((IMAGES / f"{name}.svg").read_text(encoding="utf-8"))
    assert found is not None, name  # noqa: S101
    return found[1].strip()


def sprite() -> str:
    """The whole file."""
    symbols = "\n".join(f'<symbol id="{name}" viewBox="0 0 320 200">\n{inside(name)}\n</symbol>' for name in NAMES)
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'


if __name__ == "__main__":
    (IMAGES / "areas.svg").write_text(sprite(), encoding="utf-8")
