"""One play that uses every way into the collection, in success and in every sort of failure."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from support.hcp import ADMIN, TENANT, MockHcp, seed
from support.module import Flag
from support.secret_forms import secret, spellings

OPERATOR = "operator"
WORDS = ("system", "admin", "first", "kim", "new", "dav", "vaulted", "key", "wrong", "proxy")
SECRETS = {word: secret(word) for word in WORDS}
USERS = f"/tenants/{TENANT}/userAccounts"
OURS = {"username": ADMIN, "password": "{{ secrets.admin }}", "tenant": TENANT}
ACCOUNTS = [{"tenant": TENANT, "username": ADMIN, "password": "{{ secrets.admin }}"}]
FIRST = {"username": "first", "password": "{{ secrets.first }}"}
DAV = {"webdav_basic_auth_username": "dav", "webdav_basic_auth_password": "{{ secrets.dav }}"}
VAULT = "Vault-Password-1"
TASK = dict[str, Any]


def start() -> dict[str, Any]:
    """What the mock HCP has before the play."""
    made = seed()
    made["system"]["users"] = [
        {
            "username": OPERATOR,
            "password": SECRETS["system"],
            "fullName": "Operator",
            "enabled": True,
            "forcePasswordChange": False,
            "localAuthentication": True,
            "roles": ["ADMINISTRATOR", "COMPLIANCE", "MONITOR", "SECURITY"],
        }
    ]
    made["tenants"][0]["users"][0]["password"] = SECRETS["admin"]
    return made


def write_files(folder: Path) -> None:
    """Files for the role provision, one password vaulted and the other a template."""
    password = folder / "vault-password"
    password.write_text(VAULT)
    vaulted = subprocess.run(
        ["ansible-vault", "encrypt_string", "--vault-password-file", str(password)],
        input=SECRETS["vaulted"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    tenants = folder / "estate" / "tenants"
    tenants.mkdir(parents=True)
    lines = [
        f"{TENANT}:",
        f"  name: {TENANT}",
        "  users:",
        '    - {name: max, user_password: "{{ secrets.kim }}", update_password: always}',
        "    - name: ida",
        f"      user_password: {vaulted}",
    ]
    (tenants / f"{TENANT}.yml").write_text("\n".join(lines))


# What tasks send that HCP is to repeat, by the last word of the names that they are about.
SENT = {
    "user": ("admin", "kim"),
    "raw": ("admin", "new"),
    "config": ("system", "admin", "first", "kim", "dav"),
    "bucket": ("admin",),
}


def inject_echoes(hcp: MockHcp) -> None:
    """Have HCP repeat what it was sent, in every spelling, where names begin with ``echo``."""
    for name, words in SENT.items():
        told = " | ".join(each for word in words for each in spellings(SECRETS[word]))
        headers = {
            "X-HCP-ErrorMessage": told.encode().decode("latin-1"),
            "Content-Type": "application/json",
        }
        for status in (400, 500):
            match = {"interface": "mapi", "path": f"^.*/echo-{status}-{name}.*", "times": None}
            hcp.fault(match, status=status, headers=headers, body=told)
        page = {"path": f"^.*/echo-page-{name}.*", "times": None}
        hcp.fault(page, status=200, headers={"Content-Type": "text/html"}, body=told)
        error = f"<Error><Code>AccessDenied</Code><Message><![CDATA[{told}]]></Message></Error>"
        match = {"interface": "s3", "path": f"^/echo-{name}.*", "times": None}
        hcp.fault(match, status=403, headers={"Content-Type": "application/xml"}, body=error)
    hcp.fault({"path": "^.*/cut-off.*", "times": None}, cut="before")


def task(module: str, fails: Flag = False, **options: Any) -> TASK:
    """A task, which goes on where it fails. ``_keywords`` are those of the task."""
    keywords = options.pop("_keywords", {})
    words = [str(options[name]) for name in ("name", "method", "query") if name in options]
    made = {
        "name": " ".join([module, "fails" if fails else "works", *words[:1]]),
        f"contentplatform.hcp.{module}": options,
        **keywords,
    }
    return {**made, "register": "result", **({"ignore_errors": True} if fails else {})}


def config(**more: Any) -> dict[str, Any]:
    """A configuration with passwords."""
    lee = {"name": "lee", "user_password": "{{ secrets.kim }}", "update_password": "always"}
    namespaces = [{"name": "dav", "http": DAV}]
    research = {"name": TENANT, "users": [{**lee, **more}], "namespaces": namespaces}
    return {"tenants": [{"name": "finance", "hard_quota": "1 TB", "initial_user": FIRST}, research]}


def example_account(name: str) -> dict[str, Any]:
    """A user account as MAPI has it."""
    return {
        "username": name,
        "fullName": "Sam",
        "localAuthentication": True,
        "enabled": True,
        "forcePasswordChange": False,
    }


def successes() -> list[TASK]:
    """What goes well."""
    kim = {**OURS, "name": "kim"}
    again = {"user_password": "{{ secrets.new }}", "update_password": "when_wrong"}
    put = {"method": "PUT", "path": USERS, "query": {"password": "{{ secrets.new }}"}}
    change = {"method": "POST", "path": f"{USERS}/kim/changePassword", "repeatable": True}
    xml = "<updatePasswordRequest><newPassword>{}</newPassword></updatePasswordRequest>"
    escaped = "{{ secrets.kim | replace('&', '&amp;') | replace('<', '&lt;') }}"
    grant = [{"namespace": "dav", "permissions": ["BROWSE", "READ", "SEARCH"]}]
    return [
        task("hcp_tenant", name="finance", hard_quota="1 TB", initial_user=FIRST),
        task("hcp_tenant_info", name="finance"),
        task("hcp_user", **kim, user_password="{{ secrets.kim }}"),
        task("hcp_user", **kim, **again),
        task("hcp_user", **kim, user_password="{{ secrets.kim }}", update_password="always"),
        {
            "name": "Keep a result",
            "ansible.builtin.set_fact": {"kept": "{{ result }}", "cacheable": True},
        },
        task("hcp_user_info", **OURS),
        task("hcp_namespace", **OURS, name="dav", http=DAV),
        task("hcp_namespace_info", **OURS, include=["all"]),
        task("hcp_s3_bucket", **OURS, name="photos"),
        task("hcp_s3_bucket_info", **OURS),
        task("hcp_user", **OURS, name=ADMIN, data_access_permissions=grant),
        task("hcp_query_info", **OURS, query="*:*"),
        task("hcp_config", accounts=ACCOUNTS, config=config(), plan_file="{{ folder }}/plan.json"),
        task("hcp_config_info", accounts=ACCOUNTS, tenants=[TENANT]),
        task("hcp_drift_info", accounts=ACCOUNTS, config=config(full_name="Other")),
        task("hcp_mapi", **OURS, **put, body=example_account("sam")),
        task("hcp_mapi", **OURS, **change, content=xml.format(escaped)),
        {
            "name": "Credentials for S3",
            "ansible.builtin.set_fact": {
                "access": "{{ 'kim' | contentplatform.hcp.hcp_access_key }}",
                "key": "{{ secrets.kim | contentplatform.hcp.hcp_secret_key }}",
            },
            "no_log": True,
        },
        {
            "name": "Provision",
            "ansible.builtin.include_role": {"name": "contentplatform.hcp.provision"},
            "vars": {"provision_dir": "{{ folder }}/estate", "provision_accounts": ACCOUNTS},
        },
        {
            "name": "Export",
            "ansible.builtin.include_role": {"name": "contentplatform.hcp.export"},
            "vars": {
                "export_dir": "{{ folder }}/home/exported",
                "export_accounts": ACCOUNTS,
                "export_tenants": [TENANT],
            },
        },
        task("hcp_config", accounts=ACCOUNTS, config=config(), exact=["users"]),
    ]


def wrong_accounts() -> list[TASK]:
    """Credentials and connections that do not work."""
    wrong = {**OURS, "password": "{{ secrets.wrong }}"}
    directory = {**wrong, "username": "jo@ad.example", "auth_type": "ad"}
    inside = "http://somebody:{{ secrets.proxy | urlencode }}@"
    return [
        task("hcp_namespace", True, **wrong, name="x"),
        task("hcp_namespace", True, **directory, name="x"),
        task("hcp_s3_bucket", True, **wrong, name="xyz"),
        task("hcp_query_info", True, **wrong, query="*:*"),
        task("hcp_mapi", True, **wrong, path=USERS),
        task("hcp_config", True, accounts=[{**ACCOUNTS[0], **wrong}], config=config()),
        task("hcp_namespace", True, **OURS, name="x", port=1),
        task("hcp_s3_bucket", True, **OURS, name="photos", data_port=1),
        task("hcp_query_info", True, **OURS, query="*:*", data_port=1),
        task("hcp_namespace", True, **OURS, name="x", ca_path="{{ folder }}/other.pem"),
        task("hcp_s3_bucket", True, **OURS, name="xyz", ca_path="{{ folder }}/other.pem"),
        task("hcp_namespace", True, **OURS, name="x", proxy=f"{inside}127.0.0.1:1"),
        task("hcp_namespace", True, **OURS, name="x", proxy=f"{inside}[no"),
        task("hcp_namespace", True, **OURS, name="x", proxy=f"{inside}no such host:port"),
        task("hcp_namespace", True, **{**OURS, "username": "x\ny"}, name="x", auth_type="ad"),
    ]


def refusals() -> list[TASK]:
    """What HCP, or the collection, or Ansible refuses."""
    ours = {**OURS, "user_password": "{{ secrets.kim }}"}
    put = {
        "method": "PUT",
        "query": {"password": "{{ secrets.new }}"},
        "body": example_account("sam"),
    }
    text = "first / {{ secrets.first }}"
    wish = {"accounts": ACCOUNTS}
    raw = {"method": "PUT", "path": f"{USERS}/echo-400-raw", "content_type": "application/json"}
    content = "{{ {'newPassword': secrets.new} | to_json }}"
    return [
        task("hcp_tenant", True, name="x", hard_quota="1 KB", initial_user=FIRST),
        task("hcp_user", True, **ours, name="bad", roles=["X"]),
        task("hcp_user", True, **ours, name="echo-400-user"),
        task("hcp_user", True, **ours, name="echo-500-user"),
        task("hcp_user", True, **ours, name="echo-page-user"),
        task("hcp_user", True, **ours, name="cut-off"),
        task("hcp_s3_bucket", True, **OURS, name="echo-bucket"),
        task("hcp_license", True, key="{{ secrets.key }}"),
        task("hcp_mapi", True, **OURS, **put, path=USERS),
        task("hcp_mapi", True, **OURS, **put, path=f"{USERS}/echo-500-raw"),
        task("hcp_mapi", **OURS, **put, path=f"{USERS}/echo-400-raw", status_code=[400]),
        task("hcp_mapi", **OURS, **raw, content=content, status_code=[400]),
        task("hcp_mapi", True, **OURS, path=USERS + "?password={{ secrets.kim }}"),
        task("hcp_config", True, **wish, config=config(name="echo-400-config")),
        task(
            "hcp_config", True, **wish, config=config(name="echo-500-config"), on_failure="continue"
        ),
        # What is misspelt, or of another type.
        task("hcp_user", True, **OURS, name="x", user_pasword="{{ secrets.kim }}"),
        task("hcp_tenant", True, name="x", initial_user={**FIRST, "pasword": "{{ secrets.kim }}"}),
        task("hcp_tenant", True, name="x", initial_user=text),
        task("hcp_tenant", True, name="x", initial_user=[text]),
        task("hcp_user", True, **OURS, name="x", user_password=["{{ secrets.kim }}"]),
        task("hcp_user", True, **OURS, name="x", user_password={"is": "{{ secrets.kim }}"}),
        task("hcp_mapi", True, **OURS, method="PUT", path=USERS, body=text),
        task("hcp_mapi", True, **OURS, method="PUT", path=USERS, query=text),
        task("hcp_config", True, **wish, config=text),
        task("hcp_config", True, **wish, config=config(pasword="{{ secrets.kim }}")),
        task("hcp_config", True, **wish, config={"tenants": [{"name": "x", "initial_user": text}]}),
        task("hcp_config", True, **wish, config={"tenants": [text]}),
        task("hcp_config", True, **wish, config=config(), no_such="{{ secrets.kim }}"),
        task("hcp_config", True, accounts=text, config=config()),
        task("hcp_config", True, accounts=[text], config=config()),
        {
            "name": "A filter that gets something else",
            "ansible.builtin.debug": {"msg": "{{ secrets | contentplatform.hcp.hcp_secret_key }}"},
            "ignore_errors": True,
        },
    ]


def checked_results() -> list[TASK]:
    """A few of each, for ways that take longer."""
    kim = {**OURS, "name": "kim", "user_password": "{{ secrets.kim }}"}
    wrong = {**OURS, "password": "{{ secrets.wrong }}"}
    return [
        task("hcp_user", **kim, update_password="always"),
        task("hcp_config", accounts=ACCOUNTS, config=config()),
        task("hcp_user", True, **{**kim, "name": "echo-500-user"}),
        task("hcp_s3_bucket", True, **wrong, name="xyz"),
        task("hcp_user", True, **OURS, name="x", user_pasword="{{ secrets.kim }}"),
    ]
