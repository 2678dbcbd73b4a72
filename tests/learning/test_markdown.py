"""What of a step's Markdown becomes HTML, and what never does."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from learning import markdown
from learning.markdown import ATTRIBUTES, REL, SCHEMES, TAGS, render
from tests.learning import attacks


class Page(HTMLParser):
    """What a browser would make of it: its tags with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.other: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.other.append(data)

    handle_pi = unknown_decl = handle_comment

    def handle_decl(self, decl: str) -> None:
        self.other.append(decl)

    @property
    def links(self) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == "a"]


def assert_harmless(html: str) -> None:
    page = Page(html)
    assert page.other == []
    for tag, attributes in page.tags:
        assert tag in TAGS
        assert set(attributes) <= ATTRIBUTES.get(tag, set()) | ({"rel"} if tag == "a" else set())
        if tag == "a":
            assert attributes["rel"] == REL
        if href := attributes.get("href"):
            assert urlsplit(href).scheme in SCHEMES


@pytest.fixture(params=["as it is", "were raw HTML let through"])
def each_wall(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two walls keep HTML out, and each has to hold alone."""
    if request.param != "as it is":
        raw = MarkdownIt("commonmark", {"html": True}).enable("table")
        monkeypatch.setattr(raw, "validateLink", lambda _: True)
        monkeypatch.setattr(markdown, "_renderer", raw)


@pytest.mark.usefixtures("each_wall")
@pytest.mark.parametrize("attack", attacks.HTML + attacks.MARKDOWN)
def test_an_attack_leaves_nothing_but_harmless_tags(attack: str) -> None:
    assert_harmless(render(attack))
    assert_harmless(render(f"Before\n\n{attack}\n\nafter, *and {attack} within*"))


@pytest.mark.parametrize("attack", attacks.HTML)
def test_raw_html_is_read_as_the_text_it_is(attack: str) -> None:
    assert {tag for tag, _ in Page(render(attack)).tags} <= {"p"}


PIECES = st.sampled_from(
    [
        *("<", ">", '"', "'", "&", "`", "\\", "(", ")", "[", "]", "![", "](", "<!--", "-->", "\n"),
        *("|a|\n|-|\n|", "```", "# ", "1. ", "* ", "> ", "    ", "&#x6A;", "&colon;", "\x00"),
        *("javascript:", "data:text/html,", "https://a.example", "//a.example", "mailto:a@b.c"),
        *("script", "img src=x onerror=", "svg", "style", "iframe", "math", "a href=", "/"),
        *("plan", "é", "\u202e", "\ud7ff", "😀"),
    ]
)


@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=30).map("".join)))
def test_no_text_gives_a_tag_or_an_attribute_that_is_not_allowed(text: str) -> None:
    assert_harmless(render(text))


@given(st.lists(PIECES, max_size=30).map("".join))
def test_cleaning_holds_whatever_the_renderer_hands_over(html: str) -> None:
    assert_harmless(markdown._cleaner.clean(html))


def test_what_people_write_is_kept() -> None:
    html = render(
        "# First\n\nAsk *three* **questions**:\n\n3. one\n4. two\n\n> said\n\n`x`\n\n"
        "| a | b |\n| --- | ---: |\n| 1 | 2 |\n\n```python\nx < 1\n```\n"
    )
    tags = {tag for tag, _ in Page(html).tags}
    assert tags == TAGS - {"br", "hr", "a", "ul", "h3", "h4", "h5", "h6"}
    assert '<ol start="3">' in html
    assert "x &lt; 1" in html


def test_headings_stay_below_the_title_of_the_page() -> None:
    assert render("# One\n\n###### Six") == "<h2>One</h2>\n<h6>Six</h6>\n"


@pytest.mark.parametrize(
    "address", ["https://example.com/a?b=1&c=2#d", "http://example.com/", "mailto:ada@acme.example"]
)
def test_links_open_as_ordinary_links_that_tell_nobody_where_from(address: str) -> None:
    (link,) = Page(render(f"[here]({address} 'Title')")).links
    assert link == {"href": address, "title": "Title", "rel": REL}


@pytest.mark.parametrize(
    "address", ["/admin/", "//example.com", "example.com", "#top", "ftp://a.b"]
)
def test_an_address_of_another_kind_leads_nowhere(address: str) -> None:
    page = Page(render(f"[here]({address})"))
    assert page.text.strip() == "here"
    assert [link for link in page.links if "href" in link] == []


def test_a_picture_becomes_a_link_to_it() -> None:
    (link,) = Page(html := render("![the *new* board](https://example.com/a.png?b&c)")).links
    assert link["href"] == "https://example.com/a.png?b&c"
    assert "the new board" in html
    assert "https://example.com/a.png" in Page(render("![](https://example.com/a.png)")).text


def test_a_picture_within_a_link_is_its_words() -> None:
    page = Page(render("[![board](https://a.example/a.png)](https://b.example)"))
    assert [link["href"] for link in page.links] == ["https://b.example"]
    assert page.text.strip() == "board"
