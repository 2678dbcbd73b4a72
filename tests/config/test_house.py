"""The shape of the house, as far as a slip would break it quietly."""

import platform
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_platform_folder_is_a_source_root_and_no_package():
    assert not (ROOT / "platform" / "__init__.py").exists()


def test_import_platform_is_pythons_own():
    assert platform.python_version()
    assert Path(platform.__file__).parent != ROOT / "platform"


def test_lock_names_no_registry():
    lock = (ROOT / "requirements.lock").read_text()
    assert "--hash=sha256:" in lock
    assert "://" not in lock
    assert "--index-url" not in lock
