"""What a step's file may be, and what is told about one that is not taken."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from learning.files import FILE_LIMIT, examine
from learning.files.kinds import OFFICE, OPEN_DOCUMENT
from tests.learning import tiny_files as tiny
from tests.learning.tiny_files import office, open_document, refusal, upload


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("plan.pdf", tiny.PDF, "application/pdf"),
        ("PLAN.PDF", tiny.PDF, "application/pdf"),
        ("a.png", tiny.PNG, "image/png"),
        ("a.jpg", tiny.JPEG, "image/jpeg"),
        ("a.jpeg", tiny.JPEG, "image/jpeg"),
        ("a.gif", tiny.GIF, "image/gif"),
        ("a.webp", tiny.WEBP, "image/webp"),
        ("a.mp4", tiny.MP4, "video/mp4"),
        ("a.m4a", tiny.M4A, "audio/mp4"),
        ("a.m4a", tiny.MP4, "audio/mp4"),
        ("a.mp3", tiny.MP3, "audio/mpeg"),
        ("a.mp3", tiny.TAGGED_MP3, "audio/mpeg"),
        ("a.webm", tiny.WEBM, "video/webm"),
        ("a.docx", tiny.DOCX, f"{OFFICE}.wordprocessingml.document"),
        ("a.xlsx", tiny.XLSX, f"{OFFICE}.spreadsheetml.sheet"),
        ("a.pptx", tiny.PPTX, f"{OFFICE}.presentationml.presentation"),
        ("a.odt", open_document("text"), f"{OPEN_DOCUMENT}.text"),
        ("a.ods", open_document("spreadsheet"), f"{OPEN_DOCUMENT}.spreadsheet"),
        ("a.odp", open_document("presentation"), f"{OPEN_DOCUMENT}.presentation"),
        ("a.zip", tiny.ZIP, "application/zip"),
        ("a.txt", "Grüße\r\n\tan alle".encode(), "text/plain"),
        ("a.csv", b"\xef\xbb\xbfa;b\r\n1;2\r\n", "text/csv"),
        ("a.md", b"<!-- draft -->\n# Plan <b>A</b>\n", "text/markdown"),
    ],
)  # fmt: skip
def test_the_first_bytes_say_what_it_is(name: str, content: bytes, media_type: str) -> None:
    examined = examine(upload(name, content))
    assert (examined.name, examined.size) == (name, len(content))
    assert examined.kind.media_type == media_type


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("plan.pdf", tiny.PNG, "plan.pdf is not a PDF: its first bytes say PNG picture. "
                               "Save it as a PDF, or rename it."),
        ("deck.pptx", tiny.DOCX, "not a PowerPoint presentation: its first bytes say Word doc"),
        ("deck.docx", tiny.ZIP, "not a Word document: its first bytes say ZIP archive"),
        ("a.txt", tiny.PDF, "not a plain text: its first bytes say PDF"),
        ("a.mp4", tiny.M4A, "not an MP4 video: its first bytes say M4A recording"),
        ("a.mp4", tiny.QUICKTIME, "not an MP4 video: its first bytes say QuickTime movie"),
        ("a.webm", tiny.MATROSKA, "not a WebM video: its first bytes say Matroska"),
        ("a.pdf", b"just words", "not a PDF: its first bytes say plain text"),
        ("a.pdf", bytes(range(200, 250)), "not a PDF, or it is damaged or cut off. Download"),
        ("a.csv", "Müller;Köln".encode("latin-1"), "not plain text in UTF-8. Save it with the"),
        ("a.txt", "a".encode("utf-16"), "not plain text in UTF-8"),
        ("a.txt", b"bell \x07", "not plain text in UTF-8"),
        ("plan", tiny.PDF, "plan has no ending, and is a PDF. Rename it to end in .pdf."),
        ("plan.doku", tiny.PDF, "has the ending .doku, and is a PDF. Rename it to end in .pdf."),
        ("a.mkv", tiny.MATROSKA, "kind that is not taken. Taken are PDF, DOCX, XLSX"),
        ("a.pdf", b"", "a.pdf is empty."),
    ],
)  # fmt: skip
def test_the_ending_has_to_fit_the_bytes(name: str, content: bytes, sentence: str) -> None:
    assert sentence in (refusal(name, content) or "")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.svg", tiny.SVG, "an SVG picture, which can carry scripts. Save it as a PNG."),
        ("a.txt", b"<?xml version='1.0'?>\n<!-- x -->\n" + tiny.SVG, "an SVG picture"),
        ("a.png", tiny.SVG, "an SVG picture"),
        ("a.html", tiny.WEB_PAGE, "a web page, which can carry scripts. Save it as a PDF"),
        ("a.html", b"words", "a web page"),
        ("a.md", b"\xef\xbb\xbf  " + tiny.WEB_PAGE, "a web page"),
        ("a.csv", b"<!-- x --><SCRIPT>", "a web page"),
        ("a.exe", tiny.WINDOWS_PROGRAM, "a program or a script: nothing that runs is taken"),
        ("a.pdf", tiny.WINDOWS_PROGRAM, "a program or a script"),
        ("a.pdf.exe", tiny.PDF, "a program or a script"),
        ("a", tiny.LINUX_PROGRAM, "a program or a script"),
        ("a.js", b"alert(1)", "a program or a script"),
        ("a.txt", b"#!/bin/sh\nrm -r x", "a program or a script"),
        ("a.doc", tiny.OLD_WORD, "an Office document of a kind that can carry macros"),
        ("a.docx", tiny.OLD_WORD, "or one with a password. Save it as .docx, .xlsx, .pptx or PDF"),
        ("a.docm", tiny.DOCX, "a kind that can carry macros"),
        ("a.docx", office("word", "word/vbaProject.bin"), "carries macros. Save a copy without"),
        ("a.xlsx", office("xl", "xl/macrosheets/sheet1.xml"), "carries macros"),
        ("a.odt", open_document("text", "Basic/Standard/Module1.xml"), "carries macros"),
    ],
)  # fmt: skip
def test_what_runs_or_carries_scripts_is_refused(name: str, content: bytes, sentence: str) -> None:
    assert sentence in (refusal(name, content) or "")


def test_a_large_file_is_refused_with_the_limit() -> None:
    file = upload("film.mp4", tiny.MP4)
    file.size = FILE_LIMIT
    assert examine(file).size == FILE_LIMIT
    file.size = FILE_LIMIT + 1
    with pytest.raises(ValidationError, match=r"film\.mp4 is larger than 50 MB\."):
        examine(file)


@given(st.binary(max_size=300), st.sampled_from(["a", "a.pdf", "a.txt", "a.zip", "a.svg", "a.x"]))
def test_any_bytes_are_taken_or_refused_in_a_sentence(content: bytes, name: str) -> None:
    told = refusal(name, content)
    assert told is None or told.startswith(f"{name} ")
    if told is None:
        assert name.endswith(examine(upload(name, content)).kind.endings)
