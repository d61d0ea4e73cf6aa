# System packages. Only what is missing is installed, only as root or with password-less sudo, and never silently.

# Debian package names; the file that shows each is there.
package_present() {
    case $1 in
        mosquitto) command -v mosquitto >/dev/null ;;
        mosquitto-clients) command -v mosquitto_sub >/dev/null ;;
        libmosquitto1) ldconfig -p 2>/dev/null | grep 'libmosquitto\.so\.1' >/dev/null ;; # not -q: ended early, the pipe would count as failed
        npm) command -v npm >/dev/null ;; # fetches the page's one package when the service is built
        chromium) command -v chromium >/dev/null ;;
        faketime) command -v faketime >/dev/null ;;
        fonts-dejavu-core) [[ -e /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ]] ;; # a browser without any font measures text as nothing
        *) fail "internal: no test for package $1" ;;
    esac
}

as_root=()

need_packages() {
    local missing=() package
    for package in "$@"; do
        package_present "$package" || missing+=("$package")
    done
    [[ ${#missing[@]} -eq 0 ]] && return

    local command="apt-get install -y --no-install-recommends ${missing[*]}"
    say "celllab: system packages missing: ${missing[*]}"
    command -v apt-get >/dev/null || fail "install them with this system's package manager (the Debian names are given above), then start again."
    if [[ $(id -u) -ne 0 ]]; then
        sudo -n true 2>/dev/null || fail "install them with:  sudo $command
then start again."
        as_root=(sudo -n)
    fi
    say "celllab: installing: ${missing[*]}"
    install_packages "${missing[@]}"
    for package in "${missing[@]}"; do
        package_present "$package" || fail "$package was installed but is still not found; look at the output of: $command"
    done
}

# CellLab starts a broker of its own. The distribution's service would take port 1883 of a machine whose owner never asked for it, so it is
# kept from starting during the installation and switched off for later boots - but only where this installation brought it.
install_packages() {
    local brought_service=false policy=/usr/sbin/policy-rc.d own_policy=false status=0
    [[ " $* " == *" mosquitto "* ]] && brought_service=true
    if $brought_service && [[ ! -e $policy ]]; then
        own_policy=true
        trap 'as_owner rm -f /usr/sbin/policy-rc.d' EXIT
        printf '#!/bin/sh\n[ "$1" = mosquitto ] && exit 101\nexit 0\n' | as_owner tee "$policy" >/dev/null
        as_owner chmod 755 "$policy"
    fi
    apt_install "$@" || { say "celllab: trying again with fresh package lists"; as_owner apt-get update -q >&2 && apt_install "$@"; } || status=$?
    if $own_policy; then
        as_owner rm -f "$policy"
        trap - EXIT
    fi
    if $brought_service && command -v systemctl >/dev/null; then
        as_owner systemctl disable --now mosquitto.service >/dev/null 2>&1 || true
    fi
    [[ $status -eq 0 ]] || fail "the packages could not be installed; see the output above."
}

apt_install() {
    as_owner env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@" >&2
}

as_owner() { "${as_root[@]}" "$@"; }
