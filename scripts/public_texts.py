"""Which texts of the interface a visitor or a learner can see.

The CMS and the screens of managers and communicators exist in Dutch and English only; the catalogues of the
other languages hold what this module lets through. A new file counts as seen until it is listed here.
"""

import ast
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

#: Files of which no visitor and no learner sees a word.
NEVER_SEEN = (
    "*/wagtail_hooks.py",
    "*/management/*",
    "templates/*/admin/*",
    "config/demo/*",
    "templates/demo/*",
    "config/roles.py",
    "config/settings/*",
    # communicators
    "campaigns/plans/*",
    "templates/plans/*",
    "campaigns/publishing/models.py",
    "campaigns/publishing/blocks.py",
    # safety professionals, whose screens are in Dutch and English too
    "cms/professionals/*",
    "templates/professionals/*",
    "templates/mail/professional*",
    # editors
    "cms/pages/plain_panel.py",
    "cms/pages/review.py",
    "cms/pages/review_report.py",
    "cms/pages/translating.py",
    "cms/pages/documents.py",
    "cms/pages/look*.py",
    "cms/pages/models/look.py",
    "cms/pages/style_guide.py",
    "cms/reporting/models.py",
    "cms/reporting/channels.py",
    "learning/modules/blocks.py",
    "learning/modules/changes.py",
    "learning/modules/forms.py",
    "learning/modules/models.py",
    "learning/modules/pages.py",
    "learning/modules/release.py",
    "learning/modules/release_screen.py",
    "learning/modules/rules.py",
    "learning/modules/videos.py",
    "learning/records/models.py",
    # employers' managers
    "learning/employers/models.py",
    "learning/employers/assigning.py",
    "learning/employers/checking.py",
    "learning/employers/columns.py",
    "learning/employers/exports.py",
    "learning/employers/filters.py",
    "learning/employers/hiring.py",
    "learning/employers/invitations.py",
    "learning/employers/reading.py",
    "learning/employers/sheets.py",
    "learning/employers/tables.py",
    "learning/employers/uploads.py",
    "learning/employers/views/dashboard.py",
    "learning/employers/views/organisation.py",
    "learning/employers/views/people.py",
    "learning/employers/views/uploads.py",
    "templates/employers/*",
    "templates/mail/manager_invitation*",
)
#: Exceptions to the list above.
SEEN = (
    "templates/employers/claim*",
    "templates/employers/invitation.html",
    "templates/employers/invitation_declined.html",
    "templates/employers/invitation_gone.html",
    "templates/employers/tie*",
)
#: Models and blocks name their fields for editors, but their choices are shown to everyone.
CHOICES_SEEN = ("*/models.py", "*/models/*.py", "*/blocks.py", "*/blocks/*.py", "*/pages.py", "cms/pages/data.py")
#: Of these files only some classes are shown to visitors or learners.
CLASSES_SEEN = {
    "cms/pages/audiences.py": ("Audience",),
    "learning/employers/forms.py": ("CodeForm", "ClaimForm", "PinForm"),
}

_MARKS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}


def is_seen(text: str, file: str, root: Path) -> bool:
    """Whether a visitor or learner can meet this text where this file (relative to `root`) uses it."""
    if any(fnmatch(file, pattern) for pattern in SEEN):
        return True
    if any(fnmatch(file, pattern) for pattern in NEVER_SEEN):
        return False
    if file in CLASSES_SEEN or any(fnmatch(file, pattern) for pattern in CHOICES_SEEN):
        return text in _texts_of_classes(root / file, CLASSES_SEEN.get(file))
    return True


@cache
def _texts_of_classes(path: Path, classes: tuple[str, ...] | None) -> frozenset[str]:
    """The marked texts inside these classes of a module; without any named, inside its `TextChoices`."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef):
            bases = [ast.unparse(base) for base in node.bases]
            if node.name in classes if classes else any(base.endswith("Choices") for base in bases):
                found |= _marked(node)
    return frozenset(found)


def _marked(node: ast.AST) -> set[str]:
    return {
        str(argument.value)
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and ast.unparse(call.func).split(".")[-1] in _MARKS
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }
