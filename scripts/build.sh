# Builds the application when its sources differ from the last build. Staleness is a hash over contents, not time stamps.

# What a build of the application depends on.
app_sources=(src drivers hardware-sim Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig global.json)

# Tracked and unignored files, or without git everything that is no build output. NUL-separated, sorted.
list_files() {
    if [[ -e $root/.git ]] && command -v git >/dev/null && git ls-files -co --exclude-standard -z -- "$@" 2>/dev/null | grep -z . >/dev/null; then
        git ls-files -co --exclude-standard -z -- "$@"
    else
        find "$@" \( -name bin -o -name obj \) -prune -o -type f -print0 2>/dev/null | LC_ALL=C sort -z
    fi
}

# A tracked file that was deleted is listed and cannot be read: it just has no line in the sum.
hash_of() { (cd "$root" && list_files "$@" | xargs -0 sha256sum 2>/dev/null || true) | sha256sum | cut -c1-16; }

hash_of_projects() {
    (cd "$root" && printf '%s\n' "$root" && list_files "$@" | grep -zE '\.(csproj|props|targets|sln)$|global\.json$|nuget\.config$' | xargs -0 sha256sum) | sha256sum | cut -c1-16
}

# Sets `app` to the folder of a build of the sources as they are.
make_app() {
    if [[ ${CELLLAB_NO_BUILD:-} == 1 ]]; then
        app=$(readlink -f "$artifacts/current" || true)
        [[ -x $app/celllab ]] || fail "CELLLAB_NO_BUILD=1, but nothing has been built yet; start once without it."
        return
    fi
    local hash
    hash=$(hash_of "${app_sources[@]}")
    app=$artifacts/app/$hash
    if [[ ! -x $app/celllab ]]; then
        with_lock build_app "$hash"
    elif [[ ! $artifacts/current -ef $app ]]; then
        point_current_at "$hash"
    fi
}

with_lock() {
    need_sdk
    need_packages npm
    mkdir -p "$artifacts/app"
    exec 9>"$artifacts/build.lock"
    if ! flock -n 9; then
        say "celllab: waiting for another build"
        flock 9
    fi
    "$@"
    exec 9>&-
}

build_app() {
    app=$artifacts/app/$1
    if [[ ! -x $app/celllab ]]; then
        say "celllab: building (only when sources have changed)"
        restore src/CellLab.Cli app
        publish_app "$1"
    fi
    point_current_at "$1"
    remove_old_builds
}

# $1 project or solution, $2 name of its mark. Restores only when a project or props file differs from the last restore.
restore() {
    local mark=$artifacts/restored-$2 wanted
    wanted=$(hash_of_projects src drivers hardware-sim tests Directory.Build.props Directory.Packages.props global.json CellLab.sln)
    if [[ -f $mark && $(<"$mark") == "$wanted" && -f $root/src/CellLab.Cli/obj/project.assets.json ]] &&
        [[ $2 == app || -f $root/tests/CellLab.Tests/obj/project.assets.json ]]; then
        return
    fi
    sdk restore "$root/$1" -v q || fail "the packages could not be restored; see above."
    printf '%s' "$wanted" >"$mark"
}

# $1 hash, $2.. further options. Appears under its final name only when it is whole.
publish_app() {
    local hash=$1 new=$artifacts/app/.new-$1-$$
    shift
    rm -rf "$artifacts"/app/.new-*
    if ! sdk publish "$root/src/CellLab.Cli" -c Release -o "$new" --no-restore -v q -clp:ErrorsOnly "$@"; then
        rm -rf "$new"
        fail "the build failed; the compiler's errors are above."
    fi
    compile_ahead "$new"
    mv -T "$new" "$artifacts/app/$hash"
}

# Every start then has less to compile. Where the compiler's package cannot be had, starts just take longer.
compile_ahead() {
    local image log=$artifacts/ahead-of-time.log
    if ! sdk build "$root/scripts/ahead-of-time.proj" -restore -t:CompileAhead "-p:App=$1" -v q >"$log" 2>&1; then
        rm -f "$1"/*.ni.dll
        say "celllab: not compiled ahead of time, so each start takes a few tenths of a second longer (why: $log)"
        return
    fi
    for image in "$1"/*.ni.dll; do
        [[ -e $image ]] || continue # nothing was compiled: the pattern itself
        mv "$image" "${image%.ni.dll}.dll"
    done
}

# The lock is not handed down: a compiler that outlives the build must not hold it. What tools print belongs beside, not into, a verb's output.
sdk() { "$dotnet" "$@" -nologo 9>&- >&2; }

point_current_at() {
    ln -s "app/$1" "$artifacts/current.$$"
    mv -T "$artifacts/current.$$" "$artifacts/current"
}

# The last five stay, and whatever still runs.
remove_old_builds() {
    local old running
    running=$(ls -l /proc/[0-9]*/exe 2>/dev/null || true) # processes of others and of the kernel cannot be read
    (cd "$artifacts/app" && ls -1t | tail -n +6) | while read -r old; do
        [[ $running == *"$artifacts/app/$old/"* ]] || rm -rf "${artifacts:?}/app/$old"
    done
}
