"""Good values of every kind of value that the tables have, in the words of a task."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from hypothesis import strategies as st

from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.bucket import (
    DefaultRetention,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.links import Hosts
from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.tenant_settings import (
    EmailTemplate,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.schema.fields import (
    ObjectList,
    Struct,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.values.base import Value
from ansible_collections.contentplatform.hcp.plugins.module_utils.values.choices import (
    Boolean,
    Choice,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.values.cors import CorsRules
from ansible_collections.contentplatform.hcp.plugins.module_utils.values.data_access import Grants
from ansible_collections.contentplatform.hcp.plugins.module_utils.values.grants import (
    Grants as BucketGrants,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.values.names import (
    Addresses,
    CommaList,
    NameSet,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.values.numbers import (
    CountOrNone,
    Integer,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.values.permissions import (
    DATA_PERMISSIONS,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.values.quota import Quota
from ansible_collections.contentplatform.hcp.plugins.module_utils.values.retention import (
    ClassRetention,
    MinimumRetention,
    Retention,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.values.text import Secret, Text
from support.inputs import CHARACTERS, NAMES

Any_ = st.SearchStrategy[Any]
TEXT = NAMES | st.text(CHARACTERS, max_size=70)
TERMS = st.lists(st.integers(-9999, 9999), min_size=7, max_size=7)
OFFSETS = st.tuples(TERMS, st.lists(st.booleans(), min_size=7, max_size=7)).map(
    lambda both: (
        "A"
        + (
            "".join(
                f"{number:+d}{unit}"
                for number, there, unit in zip(*both, "yMwdhms", strict=True)
                if there
            )
            or "+1y"
        )
    )
)
SPECIAL = st.sampled_from(["0", "-1", "-2", "Deletion Allowed", "deletion prohibited", " 0 "])
DATES = st.builds(
    "{:04d}-{:02d}-{:02d}T{:02d}:{:02d}:{:02d}{}{:02d}{:02d}".format,
    st.integers(1, 9999),
    st.integers(1, 12),
    st.integers(1, 33),
    st.integers(0, 23),
    st.integers(0, 59),
    st.integers(0, 59),
    st.sampled_from("+-"),
    st.integers(0, 14),
    st.integers(0, 59),
)
ADDRESSES = st.sampled_from(
    [
        "10.0.0.0/8",
        "10.0.0.0/255.0.0.0",
        "192.0.2.7",
        "10.1.2.3/8",
        "::1",
        "::0/0",
        "0.0.0.0/0",
        "10.0.0.1,10.0.0.2",
        " 10.0.0.1 , ::1 ",
        "2001:DB8::/32",
        "2001:db8:0::1",
    ]
)


def good(value: Value) -> Any_:
    """Values of a kind that its own check lets through."""
    return of(value).filter(lambda each: value.check(each) is None)


@singledispatch
def of(value: Value) -> Any_:
    raise NotImplementedError(f"say in {__name__} how values of {type(value).__name__} look")


@of.register
def _of_text(value: Text) -> Any_:
    if value.pattern:
        return TEXT | st.from_regex(value.pattern.text)
    return TEXT | st.text(CHARACTERS, min_size=value.shortest, max_size=min(value.longest, 80))


@of.register
def _of_hosts(value: Hosts) -> Any_:
    return st.sampled_from(["hcp2.example.com", "10.1.1.1", "10.1.1.2,10.1.1.1", "A.example", ""])


@of.register
def _of_secret(value: Secret) -> Any_:
    return TEXT


@of.register
def _of_boolean(value: Boolean) -> Any_:
    return st.booleans()


@of.register
def _of_integer(value: Integer) -> Any_:
    return st.integers(value.lowest, value.highest)


@of.register
def _of_choice(value: Choice) -> Any_:
    return st.sampled_from(value.choices)


@of.register
def _of_quota(value: Quota) -> Any_:
    number = st.integers(0, 10**7).map(lambda n: f"{n // 100}.{n % 100:02d}")
    short = st.sampled_from(["1", "50", ".5", "0.01", "1.5", "1024"])
    unit = st.sampled_from(["MB", "GB", "TB", "gb", "Tb"])
    return st.builds("{}{}{}".format, number | short, st.sampled_from(["", " "]), unit)


@of.register
def _of_count_or_none(value: CountOrNone) -> Any_:
    return st.integers(1, 10000).map(str) | st.sampled_from(["None", "none", "NONE"])


@of.register
def _of_names(value: NameSet) -> Any_:
    member = st.sampled_from(list(value.choices)) if value.choices else TEXT
    return st.lists(member, max_size=4)


@of.register
def _of_addresses(value: Addresses) -> Any_:
    return st.lists(ADDRESSES, max_size=4)


@of.register
def _of_comma_list(value: CommaList) -> Any_:
    member = st.sampled_from(list(value.choices)) if value.choices else TEXT
    return st.lists(member, max_size=4)


@of.register
def _of_cors_rules(value: CorsRules) -> Any_:
    texts = st.lists(TEXT, max_size=3)
    methods = st.lists(st.sampled_from(value.METHODS), min_size=1, max_size=3)
    rule = st.fixed_dictionaries(
        {"allowed_origins": texts, "allowed_methods": methods},
        optional={
            "id": TEXT,
            "allowed_headers": texts,
            "expose_headers": texts,
            "max_age_seconds": st.integers(0, 10**6),
        },
    )
    return st.lists(rule, max_size=3)


@of.register
def _of_grants(value: Grants) -> Any_:
    grant = st.fixed_dictionaries(
        {"namespace": TEXT, "permissions": of(DATA_PERMISSIONS)},
    )
    return st.lists(grant, max_size=3)


@of.register
def _of_bucket_grants(value: BucketGrants) -> Any_:
    permission = st.sampled_from(["FULL_CONTROL", "READ", "READ_ACP", "WRITE", "WRITE_ACP"])
    group = st.sampled_from(["all_users", "authenticated"])
    named = TEXT.filter(bool)
    grant = st.fixed_dictionaries({"permission": permission, "user": named}) | (
        st.fixed_dictionaries({"permission": permission, "group": group})
    )
    return st.lists(grant, max_size=4)


@of.register
def _of_default_retention(value: DefaultRetention) -> Any_:
    mode = st.sampled_from(["GOVERNANCE", "COMPLIANCE"])
    span = st.integers(1, 36500)
    return st.fixed_dictionaries({"mode": mode, "days": span}) | (
        st.fixed_dictionaries({"mode": mode, "years": span})
    )


@of.register
def _of_retention(value: Retention) -> Any_:
    classes = st.sampled_from(["C+keep", "C+KEEP-5y", "C+a_b"])
    return SPECIAL | OFFSETS | classes | DATES | st.integers(1, 2**40).map(str)


@of.register
def _of_class_retention(value: ClassRetention) -> Any_:
    return SPECIAL | OFFSETS


@of.register
def _of_minimum_retention(value: MinimumRetention) -> Any_:
    terms = st.lists(st.integers(0, 9999), min_size=3, max_size=3)
    whole = terms.map(lambda t: f"{t[0]}y+{t[1]}M+{t[2]}d")
    some = st.sampled_from(["1y", "6M", "3d", "1y+3d", "A+1y", "A+1y+6M", "0", "0y", "A+0d"])
    return whole | whole.map(lambda text: f"A+{text}") | some


@of.register
def _of_struct(value: Struct) -> Any_:
    required = {each.option: good(each.value) for each in value.fields if each.required}
    free = {each.option: good(each.value) for each in value.fields if not each.required}
    few = st.lists(st.sampled_from(sorted(free)), max_size=4, unique=True) if free else st.just([])
    return st.tuples(
        st.fixed_dictionaries(required),
        few.flatmap(lambda names: st.fixed_dictionaries({name: free[name] for name in names})),
    ).map(lambda both: {**both[0], **both[1]})


@of.register
def _of_email_template(value: EmailTemplate) -> Any_:
    # Nothing at all stands for HCP's own layout, which no request says.
    texts = {each.option: good(each.value) for each in value.fields}
    body = texts.pop("body")
    return st.fixed_dictionaries(texts, optional={"body": body})


@of.register
def _of_entries(value: ObjectList) -> Any_:
    return st.lists(good(value.entry), max_size=3)
