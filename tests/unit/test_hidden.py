"""Secrets are found in whatever spelling somebody repeats them."""

from __future__ import annotations

import pytest
from support.secret_forms import leaks, secret, spellings

from ansible_collections.contentplatform.hcp.plugins.module_utils.redaction import spellings_in


def hide(text: str, *secrets: str) -> str:
    for each in spellings_in({"told": [text]}, secrets):
        text = text.replace(each, "***")
    return text


@pytest.mark.parametrize("spelling", spellings(secret("kim")))
def test_every_spelling_is_found(spelling: str) -> None:
    assert leaks(spelling, ["kim"])
    assert not leaks(hide(f"it was {spelling}, was it?", secret("kim")), ["kim"])


def test_the_password_in_a_url_is_found_too() -> None:
    url = "http://somebody:p%40ss%2Fword@proxy.example:3128"
    assert hide("p@ss/word and p%40ss%2Fword", url) == "*** and ***"


@pytest.mark.parametrize(
    "url", ["http://a:b@[c", "://", "http://proxy.example", "http://x:y@z:port"]
)
def test_what_is_no_url_does_no_harm(url: str) -> None:
    assert hide(url, url) == "***"


def test_a_secret_that_begins_like_another_is_hidden_as_a_whole() -> None:
    assert hide("Secret-12 and Secret-1", "Secret-1", "Secret-12") == "*** and ***"


def test_numbers_are_looked_at() -> None:
    assert spellings_in({"port": 12345678}, ["12345678"]) == ["12345678"]


def test_what_is_not_there_is_not_found() -> None:
    assert spellings_in({"told": ["nothing", None, True]}, ["secret"]) == []
