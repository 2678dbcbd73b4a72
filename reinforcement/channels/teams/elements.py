"""The parts of an Adaptive Card that ours are made of (schema 1.4).

All text goes into text runs, which know no Markdown: a TextBlock would make a link of a name such
as ``[Lee](https://elsewhere.example)``, and what escapes it differs between Teams' own clients.
"""

from typing import Any

Element = dict[str, Any]


def run(text: str, **looks: Any) -> Element:
    """`looks`: ``size``, ``weight``, ``isSubtle``, ``italic``."""
    return {"type": "TextRun", "text": text, **looks}


def text(*runs: Element, spacing: str = "Small") -> Element:
    said = [run for run in runs if run["text"]]
    return {"type": "RichTextBlock", "inlines": said, "spacing": spacing}


def open_url(title: str, url: str) -> Element:
    return {"type": "Action.OpenUrl", "title": title, "url": url}


def actions(*buttons: Element) -> Element:
    return {"type": "ActionSet", "actions": list(buttons), "spacing": "Medium"}


def section(*items: Element) -> Element:
    return {"type": "Container", "items": list(items), "separator": True, "spacing": "Large"}


def message(*, body: list[Element], buttons: list[Element], instead: str, language: str) -> Element:
    """What a Workflows webhook takes: one card, and `instead` for a client that cannot show it."""
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "lang": language[:2],
        "fallbackText": instead,
        "body": body,
        "actions": buttons,
    }
    attachment = {
        "contentType": "application/vnd.microsoft.card.adaptive",
        "contentUrl": None,
        "content": card,
    }
    return {"type": "message", "attachments": [attachment]}
