"""Hypothesis strategies and settings for tests with generated requests."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

# The same examples everywhere, without a database and without deadlines.
SETTINGS = settings(
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=False,
)
_EDGE_CASES = st.sampled_from(
    [
        "",
        " ",
        "a",
        "a" * 63,
        "a" * 64,
        "a" * 65,
        "é" * 63,
        "finance",
        "FINANCE",
        "Straße",
        "名前",
        "name with blanks",
        " finance ",
        "a/b",
        "a%2Fb",
        "%",
        "+&=?#;",
        "..",
        ".",
        "-a",
        "a-",
        "xn--a",
        "[group]",
        "a,b",
        "a@ad.example",
        "line\nbreak",
        "tab\t",
        "\x7f",
        "\x00",
        "'; --",
        "<a>&amp;",
        "😀",
        "\u202eabc",
        "null",
        "True",
        "0",
        "-1",
        "1e3",
        "A+7y",
        "C+keep",
        "50 GB",
        "5 TB",
        "\u0665 GB",
        "10.0.0.0/8",
        "::1",
        "2030-01-01T00:00:00+0100",
        "9999-99-99T99:99:99+9999",
        "9" * 400,
    ]
)
TEXTS = _EDGE_CASES | st.text(st.characters(codec="utf-8"), max_size=70)
