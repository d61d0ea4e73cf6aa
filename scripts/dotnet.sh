# Where .NET is. Sets DOTNET_ROOT, so that the built executable finds its runtime too.

find_dotnet() {
    [[ -n ${dotnet:-} ]] && return
    local place found
    found=$(command -v dotnet || true)
    for place in "$found" "${DOTNET_ROOT:-}/dotnet" "$HOME/.dotnet/dotnet" /usr/share/dotnet/dotnet /usr/lib/dotnet/dotnet /usr/local/share/dotnet/dotnet; do
        if [[ -n $place && -x $place ]]; then
            dotnet=$(readlink -f "$place")
            export DOTNET_ROOT=${dotnet%/*}
            return
        fi
    done
    fail ".NET is not installed. CellLab needs the .NET 10 SDK: https://dotnet.microsoft.com/download/dotnet/10.0
Install it so that 'dotnet' is on the PATH, in /usr/share/dotnet or in ~/.dotnet, then start again."
}

need_sdk() {
    find_dotnet
    if ! (cd "$root" && "$dotnet" --version) >/dev/null 2>&1; then
        fail "the .NET at $DOTNET_ROOT has no SDK that can build CellLab (it has: $("$dotnet" --list-sdks 2>/dev/null | cut -d' ' -f1 | paste -sd' ' -)).
The .NET 10 SDK is needed: https://dotnet.microsoft.com/download/dotnet/10.0"
    fi
}
