"""Access protocols of namespaces.

MAPI reference: httpProtocol, cifsProtocol, nfsProtocol, smtpProtocol.
"""

from __future__ import annotations

from ...errors import bad_property, missing_property
from ...models.base import DataType, overlay
from ...models.namespaces.namespace import AclsUsage, OptimizedFor
from ...models.namespaces.protocols import CifsProtocol, HttpProtocol, NfsProtocol, SmtpProtocol
from ...state.records import NamespaceRecord, TenantRecord
from ..accounts import passwords
from ..defaults.tenants import default_console_security

PROTOCOLS: dict[str, type[DataType]] = {
    "cifs": CifsProtocol,
    "http": HttpProtocol,
    "nfs": NfsProtocol,
    "smtp": SmtpProtocol,
}


def _check_file_protocol(namespace: NamespaceRecord, name: str) -> None:
    """Refuse file protocols in namespaces with versioning or CLOUD optimization.

    That they cannot be enabled later is inferred from the rules for enabling versioning.
    """
    if namespace.versioning.enabled or namespace.settings.optimizedFor is OptimizedFor.CLOUD:
        raise bad_property(name)


class ProtocolService:
    @staticmethod
    def view(namespace: NamespaceRecord, protocol: str) -> DataType:
        shown: DataType = getattr(namespace, protocol)
        return shown

    def modify(
        self, tenant: TenantRecord, namespace: NamespaceRecord, protocol: str, body: DataType
    ) -> None:
        old: DataType = getattr(namespace, protocol)
        new = old.changed_by(body)
        if "ipSettings" in body.given():
            settings = getattr(body, "ipSettings")  # noqa: B009
            new = new.model_copy(
                update={"ipSettings": overlay(getattr(old, "ipSettings", None), settings)}
            )
        if (
            isinstance(old, HttpProtocol)
            and isinstance(new, HttpProtocol)
            and isinstance(body, HttpProtocol)
        ):
            new = self._http(tenant, namespace, old, new, body)
        else:
            if getattr(new, "enabled", False) and not getattr(old, "enabled", False):
                _check_file_protocol(namespace, "enabled")
            if isinstance(old, CifsProtocol) and isinstance(new, CifsProtocol):
                enables_authentication = (
                    new.requiresAuthentication and not old.requiresAuthentication
                )
                if enables_authentication and not tenant.supports_directory:
                    raise bad_property("requiresAuthentication")
        setattr(namespace, protocol, new)

    def _http(
        self,
        tenant: TenantRecord,
        namespace: NamespaceRecord,
        old: HttpProtocol,
        new: HttpProtocol,
        body: HttpProtocol,
    ) -> HttpProtocol:
        if new.hs3Enabled and namespace.settings.aclsUsage is AclsUsage.NOT_ENABLED:
            raise bad_property("hs3Enabled")
        if new.webdavEnabled and not old.webdavEnabled:
            _check_file_protocol(namespace, "webdavEnabled")
        closed = not new.httpEnabled and not new.httpsEnabled
        if body.httpActiveDirectorySSOEnabled and (closed or not tenant.supports_directory):
            raise bad_property("httpActiveDirectorySSOEnabled")
        if closed:
            new.httpActiveDirectorySSOEnabled = False
        secret = self._webdav_secret(namespace, old, body)
        if not secret:
            if body.webdavBasicAuthEnabled:
                raise bad_property("webdavBasicAuthEnabled")
            new.webdavBasicAuthEnabled = False
        namespace.webdav_password_md5 = secret
        new.webdavBasicAuthPassword = ""
        return new

    @staticmethod
    def _webdav_secret(
        namespace: NamespaceRecord, old: HttpProtocol, body: HttpProtocol
    ) -> str | None:
        """User and password of WebDAV are set and removed together."""
        stored = namespace.webdav_password_md5
        user = (
            old.webdavBasicAuthUsername
            if body.webdavBasicAuthUsername is None
            else body.webdavBasicAuthUsername
        )
        password = body.webdavBasicAuthPassword
        if password is None:
            if user and not stored:
                raise missing_property("webdavBasicAuthPassword")
            if not user and stored:
                raise bad_property("webdavBasicAuthUsername")
            return stored
        if password == "":
            if not user:
                return None
            # The body of a GET sent back carries the user and an empty password: nothing changes
            # then.
            if (
                stored
                and user == old.webdavBasicAuthUsername
                and body.webdavBasicAuthUsername is not None
            ):
                return stored
            raise bad_property("webdavBasicAuthPassword")
        if not user:
            raise missing_property("webdavBasicAuthUsername")
        if not passwords.is_acceptable(password, default_console_security(), user):
            raise bad_property("webdavBasicAuthPassword")
        return passwords.md5(password)
