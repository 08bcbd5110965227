# What demo.sh and test.sh share: install what is missing, then build. Source it; ROOT is the checkout.
# Works on a bare Debian 12 as root or with sudo; a second run only checks and takes seconds.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
PRESET=${COHORT_PRESET:-dev}
BUILD=$ROOT/build/$PRESET

say() { printf '\033[1m== %s\033[0m\n' "$*" >&2; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else
        command -v sudo >/dev/null || die "this installs packages: run it as root, or install sudo"
        sudo "$@"
    fi
}

install_packages() {
    local missing=() name
    while read -r name; do
        dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'install ok installed' || missing+=("$name")
    done < <(grep -v '^#' "$ROOT/packaging/packages.txt")
    [ ${#missing[@]} -eq 0 ] && return
    say "installing ${#missing[@]} packages"
    # Debian's postgresql would make and start a cluster of its own, which nobody here uses.
    as_root mkdir -p /etc/postgresql-common
    [ -e /etc/postgresql-common/createcluster.conf ] ||
        echo 'create_main_cluster = false' | as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
    as_root apt-get update -q >/dev/null
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}" >/dev/null ||
        die "apt-get could not install: ${missing[*]}"
}

build() { # build [target…]
    cd "$ROOT" || exit 1
    if [ ! -f "$BUILD/build.ninja" ]; then
        say "configuring ($PRESET)"
        cmake --preset "$PRESET" >"$ROOT/build-configure.log" 2>&1 ||
            { cat "$ROOT/build-configure.log" >&2; die "cmake could not configure"; }
        rm -f "$ROOT/build-configure.log"
    fi
    say "building ($PRESET)"
    cmake --build "$BUILD" --target "${@:-all}" >&2 || die "the build failed"
}
