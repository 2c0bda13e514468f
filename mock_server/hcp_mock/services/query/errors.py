"""The errors of metadata queries. The wordings are the mock's own; HCP's are not known."""

from __future__ import annotations

from ...errors import AuthenticationFailed, InvalidRequest, Refused


def malformed_expression() -> InvalidRequest:
    return InvalidRequest("The query expression cannot be read.")


def too_deep() -> InvalidRequest:
    return InvalidRequest("The parentheses of the query expression are too deep.")


def bad_value(name: str) -> InvalidRequest:
    return InvalidRequest(f"Invalid value for '{name}' in the query expression.")


def not_queryable(name: str) -> InvalidRequest:
    return InvalidRequest(f"'{name}' cannot be used in a query expression.")


def no_wildcards(name: str) -> InvalidRequest:
    return InvalidRequest(f"'{name}' cannot be used with wildcards.")


def no_range(name: str) -> InvalidRequest:
    return InvalidRequest(f"'{name}' cannot be used with a range.")


def not_sortable(name: str) -> InvalidRequest:
    return InvalidRequest(f"The results cannot be sorted by '{name}'.")


def unknown_object_property(name: str) -> InvalidRequest:
    return InvalidRequest(f"'{name}' is not a valid object property.")


def bad_facet(text: str) -> InvalidRequest:
    return InvalidRequest(f"'{text}' is not a valid facet.")


def mixed_query() -> InvalidRequest:
    return InvalidRequest("A query is about objects or about operations, not both.")


def no_such_namespace(name: str) -> InvalidRequest:
    return InvalidRequest(f"The namespace '{name}' does not exist.")


def not_searchable(name: str) -> Refused:
    return Refused(f"The namespace '{name}' cannot be searched.")


def search_role_missing() -> AuthenticationFailed:
    return AuthenticationFailed("The account may not use metadata queries.")
