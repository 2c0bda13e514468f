# shellcheck shell=bash
# Shared by the scripts in tools/: where things are, how to talk, which Python to use.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
# Everything that the tools make lives here; git ignores it and `make clean` removes it.
WORK=$ROOT/.work
TREE=$WORK/tree
COLLECTION=$TREE/ansible_collections/contentplatform/hcp
export ROOT WORK TREE COLLECTION

say() { printf '\n==> %s\n' "$*"; }
warn() { printf 'WARNING: %s\n' "$*" >&2; }
die() {
    printf 'ERROR: %s\n' "$*" >&2
    exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }

# Runs a command with its output in a log that is shown only when the command fails.
quietly() {
    local log=$1
    shift
    mkdir -p "$(dirname "$log")"
    if ! "$@" >"$log" 2>&1; then
        tail -n 40 "$log" >&2
        warn "failed: $*  (whole output: $log)"
        return 1
    fi
}

# Python interpreters of version 3.X, best first. pyenv's own directories come before PATH, because
# a pyenv shim answers to a name that it cannot run.
pythons() {
    local version=$1 candidate
    local -a candidates=()
    if have pyenv; then
        candidates+=("$(pyenv root)"/versions/"$version".*/bin/python"$version")
    fi
    candidates+=("${PYENV_ROOT:-$HOME/.pyenv}"/versions/"$version".*/bin/python"$version")
    while IFS= read -r candidate; do candidates+=("$candidate"); done < <(type -ap "python$version")
    for candidate in "${candidates[@]}"; do
        if [[ $candidate != */shims/* && -x $candidate ]] && "$candidate" -c '' 2>/dev/null; then
            printf '%s\n' "$candidate"
        fi
    done
}

# The first working interpreter among the given versions.
first_python() {
    local version found
    for version in "$@"; do
        found=$(pythons "$version" | head -n 1)
        if [[ -n $found ]]; then
            printf '%s\n' "$found"
            return 0
        fi
    done
    return 1
}

# Installs Debian packages where that is possible; otherwise says what to install and returns 1.
apt_install() {
    if ! have apt-get; then
        warn "install these with your package manager: $*"
        return 1
    fi
    if [[ $(id -u) != 0 ]]; then
        warn "not root; install these first: sudo apt-get install $*"
        return 1
    fi
    say "Installing Debian packages: $*"
    # Two checks may need packages at the same time.
    (
        flock 9
        quietly "$WORK/log/apt-update.log" apt-get update -q || true
        DEBIAN_FRONTEND=noninteractive quietly "$WORK/log/apt-install.log" \
            apt-get install -q -y --no-install-recommends "$@"
    ) 9>"$WORK/apt.lock"
}

# The environment in which the tools run: the venv first, no pyenv shims, this checkout's collection.
use_venv() {
    local venv=$WORK/${1:-venv}
    [[ -x $venv/bin/python ]] || die "no virtual environment yet; run: make venv"
    export VIRTUAL_ENV=$venv
    export PATH=$venv/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
    export ANSIBLE_COLLECTIONS_PATH=$TREE
    export ANSIBLE_HOME=$WORK/ansible
    # Compiled once for all processes, as an installation is, and not into the checkout.
    unset PYTHONDONTWRITEBYTECODE
    export PYTHONPYCACHEPREFIX=$WORK/cache/python
    # Python's and Ansible's output must not depend on the caller's locale.
    export LC_ALL=${LC_ALL:-C.UTF-8}
    cd "$ROOT" || return
}
