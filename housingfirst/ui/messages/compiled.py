"""django.mo, made from django.po whenever it is missing or older."""

import logging
import os
import tempfile
from pathlib import Path

from django.utils.translation.reloader import translation_file_changed

from housingfirst.ui.messages.paths import PO, ROOT

logger = logging.getLogger(__name__)


def write() -> Path:
    """Compile the catalogue and return the path of the result, which appears all at once."""
    import polib  # only when there is something to do: every process starts through here

    source = ROOT / PO
    target = source.with_suffix(".mo")
    file = polib.pofile(source.read_text(encoding="utf-8"))
    handle, scratch = tempfile.mkstemp(dir=target.parent, suffix=".tmp")
    os.close(handle)
    file.save_as_mofile(scratch)
    Path(scratch).chmod(0o644)
    os.replace(scratch, target)
    return target


def is_stale() -> bool:
    source = ROOT / PO
    target = source.with_suffix(".mo")
    if not source.exists():
        return False
    return not target.exists() or target.stat().st_mtime < source.stat().st_mtime


def refresh() -> None:
    """Compile if needed, and forget what was read before. Where nothing can be written, warn."""
    if not is_stale():
        return
    try:
        translation_file_changed(None, write())
    except OSError:
        logger.warning("locale/ is read-only: run `python -m housingfirst.ui.messages compile`")
