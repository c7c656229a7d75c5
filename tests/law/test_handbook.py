"""docs/law/ says what the parameters say, and keeps what was written by hand."""

import runpy
from pathlib import Path

import pytest

from housingfirst.law import handbook
from housingfirst.law.rulebook import rulebook


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(handbook, "FOLDER", tmp_path)
    return tmp_path


def test_the_pages_are_what_the_parameters_say() -> None:
    assert handbook.main(["check"]) == 0


def test_every_subject_has_its_page_and_every_rule_its_place() -> None:
    listed = (handbook.FOLDER / "README.md").read_text(encoding="utf-8")
    for subject in rulebook():
        page = (handbook.FOLDER / f"{subject.key}.md").read_text(encoding="utf-8")
        assert f"({subject.key}.md)" in listed
        for rule in subject.rules:
            assert f"(`{rule.id}`)" in page
            assert f"`{rule.id}`" in listed


def test_writing_keeps_what_was_written_by_hand(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert handbook.main(["check"]) == 1
    assert "docs/law/rent.md" in capsys.readouterr().out
    assert handbook.main(["write"]) == 0
    page = folder / "rent.md"
    text = page.read_text(encoding="utf-8")
    assert "\N{NO-BREAK SPACE}" not in text
    assert "| 1. januar 2023 – 31. december 2023 | 16.965 kr. | 4 | 5 |" in text
    assert "til 366 dage" in (folder / "cti.md").read_text(encoding="utf-8")
    assert "| til og med 30. september 2023 | ingen grænse | 50 % |" in (
        folder / "reimbursement.md"
    ).read_text(encoding="utf-8")

    page.write_text(f"Forord.\n\n{text.replace('16.965', '1')}\n## Eksempler\n", encoding="utf-8")
    assert handbook.main(["check"]) == 1
    assert handbook.main(["write"]) == 0
    assert handbook.main(["check"]) == 0
    assert page.read_text(encoding="utf-8") == f"Forord.\n\n{text}\n## Eksempler\n"


def test_a_page_without_the_marks_is_not_written_over(folder: Path) -> None:
    (folder / "rent.md").write_text("Kun i hånden.\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"rent\.md"):
        handbook.main(["write"])
    assert (folder / "rent.md").read_text(encoding="utf-8") == "Kun i hånden.\n"


def test_what_it_can_be_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert handbook.main([]) == 2
    assert "check|write" in capsys.readouterr().out


def test_it_is_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["handbook", "check"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(handbook.__file__, run_name="__main__")
    assert ended.value.code == 0
