# shellcheck shell=bash
# Containers for the mock HCP with podman; sourced after lib.sh.

MOCK_IMAGE=${MOCK_IMAGE:-localhost/hcp-mock:dev}
PUBLIC_BASE_IMAGE=docker.io/library/python:3.13-slim
LOCAL_BASE_IMAGE=localhost/hcp-mock-base:trixie
CONTAINERS_CONF_FALLBACK=$WORK/containers.conf
CA_BUNDLE=${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}
export MOCK_IMAGE

# Everything up to a machine that can run BASE_IMAGE. Returns 1, having said why, where it cannot.
prepare_containers() {
    if ! have podman && ! apt_install podman runc netavark aardvark-dns iptables; then
        warn "podman is not installed"
        return 1
    fi
    find_base_image || return 1
    find_settings
}

# The image to build on: the caller's, else the public one, else a Debian made here.
find_base_image() {
    if [[ -z ${BASE_IMAGE:-} ]]; then
        if image_exists "$PUBLIC_BASE_IMAGE" || pull "$PUBLIC_BASE_IMAGE"; then
            BASE_IMAGE=$PUBLIC_BASE_IMAGE
        elif make_base_image; then
            BASE_IMAGE=$LOCAL_BASE_IMAGE
        else
            warn "no base image: $PUBLIC_BASE_IMAGE cannot be pulled, $LOCAL_BASE_IMAGE cannot be made"
            return 1
        fi
    fi
    export BASE_IMAGE
}

image_exists() { podman image exists "$1" 2>/dev/null; }

pull() {
    say "Pulling $1"
    timeout 300 podman pull --quiet "$1" >"$WORK/log/pull.log" 2>&1
}

# A minimal Debian with Python, from Debian's packages alone: no image registry is needed.
make_base_image() {
    local archive=$WORK/cache/base.tar
    image_exists "$LOCAL_BASE_IMAGE" && return 0
    have mmdebstrap || apt_install mmdebstrap || return 1
    say "Making $LOCAL_BASE_IMAGE from Debian packages"
    mkdir -p "$WORK/cache"
    quietly "$WORK/log/base-image.log" mmdebstrap --variant=minbase \
        --include=python3-venv,ca-certificates \
        --dpkgopt='path-exclude=/usr/share/man/*' \
        --dpkgopt='path-exclude=/usr/share/doc/*' \
        --dpkgopt='path-exclude=/usr/share/locale/*' \
        trixie "$archive" &&
        quietly "$WORK/log/base-image.log" podman import "$archive" "$LOCAL_BASE_IMAGE" &&
        rm -f "$archive"
}

# podman's own settings where they work; else ones for hosts with cgroup v1 or little privilege.
find_settings() {
    [[ -n ${CONTAINERS_CONF:-} || ! -e $CONTAINERS_CONF_FALLBACK ]] ||
        export CONTAINERS_CONF=$CONTAINERS_CONF_FALLBACK
    can_run && return 0
    if [[ -z ${CONTAINERS_CONF:-} ]]; then
        write_fallback_settings
        export CONTAINERS_CONF=$CONTAINERS_CONF_FALLBACK
        can_run && return 0
        rm -f "$CONTAINERS_CONF_FALLBACK"
    fi
    warn "podman cannot run a container here:"
    tail -n 3 "$WORK/log/can-run.log" >&2
    return 1
}

can_run() {
    mkdir -p "$WORK/log"
    timeout 60 podman run --rm --publish 127.0.0.1::9090 "$BASE_IMAGE" true \
        >"$WORK/log/can-run.log" 2>&1
}

write_fallback_settings() {
    say "podman's defaults do not work here; trying runc with cgroupfs and lower limits"
    cat >"$CONTAINERS_CONF_FALLBACK" <<'CONF'
[containers]
default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
CONF
}

# The build trusts the certificate authorities that this machine trusts.
build_mock_image() {
    local -a options=(--build-arg "BASE_IMAGE=$BASE_IMAGE" --tag "$MOCK_IMAGE")
    if [[ -r $CA_BUNDLE ]]; then
        options+=(--volume "$CA_BUNDLE:/etc/ssl/certs/ca-certificates.crt:ro")
    fi
    say "Building $MOCK_IMAGE on $BASE_IMAGE"
    quietly "$WORK/log/image.log" podman build "${options[@]}" "$ROOT/mock_server"
}
