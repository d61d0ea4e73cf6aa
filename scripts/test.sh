# `celllab test [--quick | --long]` and `celllab benchmark`.

run_tests() {
    local suites=(unit broad contract system) option
    for option in "$@"; do
        case $option in
            --quick) suites=(unit) ;;
            --long) export CELLLAB_LONG_TESTS=1 ;;
            *) say "celllab: unknown option '$option'; test takes --quick (unit tests only) or --long (the long ones too)"; exit 2 ;;
        esac
    done
    need_packages mosquitto libmosquitto1 mosquitto-clients
    [[ " ${suites[*]} " != *" system "* ]] || need_packages chromium fonts-dejavu-core
    [[ ${CELLLAB_LONG_TESTS:-} != 1 ]] || need_packages faketime # a clock that is set, for one process
    with_lock build_solution
    export CELLLAB_APP=$app/celllab
    test_all "${suites[@]}"
}

build_solution() {
    local hash
    hash=$(hash_of "${app_sources[@]}")
    app=$artifacts/app/$hash
    say "celllab: building the solution"
    restore CellLab.sln all
    sdk build "$root/CellLab.sln" -c Release --no-restore -v q -clp:ErrorsOnly || fail "the build failed; the compiler's errors are above."
    [[ -x $app/celllab ]] || publish_app "$hash" --no-build
    point_current_at "$hash"
    remove_old_builds
}

# One suite after the other: the machines that this runs on have few cores, and the system tests measure time.
test_all() {
    local passed=0 failed=0 suite results unsteady
    results=$(mktemp -d)
    for suite in "$@"; do
        say "celllab: $suite tests"
        run_suite "$suite" "$results" || true
        slowest "$results/$suite.trx"
        read -r passed_here failed_here < <(count_results "$results/$suite.trx" "$results/$suite.exit")
        if again "$suite" "$results" "$failed_here"; then
            passed_here=$((passed_here + failed_here)) failed_here=0
        fi
        passed=$((passed + passed_here))
        failed=$((failed + failed_here))
    done
    unsteady=$(cat "$results/unsteady" 2>/dev/null || true)
    rm -rf "$results"
    [[ -z $unsteady ]] || say "celllab: failed at first and passed when run once more, alone:"$'\n'"$unsteady"
    [[ $((passed + failed)) -gt 0 ]] || say "celllab: no test ran"
    printf '%d passed, %d failed\n' "$passed" "$failed"
    [[ $failed -eq 0 && $passed -gt 0 ]]
}

# The broad ones lie beside the unit tests and cost more: thousands of random cases, a real broker, a whole job's rows.
run_suite() {
    local status=0 project=CellLab.Tests filter=${3:-Suite!=Broad} suite=${1%-again}
    case $suite in
        broad) filter='Suite=Broad' ;;
        contract) project=CellLab.ContractTests ;;
        system) project=CellLab.SystemTests ;;
    esac
    "$dotnet" test "$root/tests/$project/$project.csproj" --filter "$filter" -c Release --no-build --nologo -v q --results-directory "$2" \
        --logger "trx;LogFileName=$1.trx" --logger "console;verbosity=minimal" </dev/null || status=$?
    printf '%d' "$status" >"$2/$1.exit"
}

# Contract and system tests drive real processes and sockets against the clock of a machine that may do other things as well. One to three that
# failed are run once more, alone, and told apart from those that passed at once; unit tests, and more failures than that, get no second try.
again() {
    local suite=$1 results=$2 failed=$3 names passed_now failed_now
    [[ ($suite == contract || $suite == system) && $failed -ge 1 && $failed -le 3 ]] || return 1
    names=$(failed_tests "$results/$suite.trx")
    [[ -n $names ]] || return 1
    say "celllab: run once more:"$'\n'"$names"
    run_suite "$suite-again" "$results" "$(sed -E 's/\(.*//; s/^/FullyQualifiedName=/' <<<"$names" | sort -u | paste -sd '|')" || true
    read -r passed_now failed_now < <(count_results "$results/$suite-again.trx" "$results/$suite-again.exit")
    [[ $failed_now -eq 0 && $passed_now -ge $(wc -l <<<"$names") ]] || return 1
    printf '%s\n' "$names" >>"$results/unsteady"
}

failed_tests() {
    grep -o '<UnitTestResult [^>]*outcome="Failed"[^>]*' "$1" 2>/dev/null | sed -E 's/.*testName="([^"]*)".*/\1/; s/&quot;/"/g; s/&amp;/\&/g' || true
}

# What to look at when the whole takes too long.
slowest() {
    [[ -e $1 ]] || return 0
    say "celllab: the slowest of them"
    grep -o '<UnitTestResult [^>]*' "$1" | sed -E 's/.*testName="([^"]*)".* duration="([0-9:]+)\..*/\2 \1/' | sort -r | head -n 12 >&2 || true
}

# A test run that ended badly without a failed test in its list (a crash, a hang that was cut) counts as one failure.
count_results() {
    local passed=0 failed=0 line status
    status=$(<"$2")
    line=$(grep -o '<Counters [^>]*' "$1" 2>/dev/null || true)
    if [[ -n $line ]]; then
        passed=$(counter "$line" passed)
        failed=$(($(counter "$line" failed) + $(counter "$line" error) + $(counter "$line" timeout) + $(counter "$line" aborted)))
    fi
    [[ $status -eq 0 || $failed -gt 0 ]] || failed=1
    printf '%d %d\n' "$passed" "$failed"
}

counter() { [[ $1 =~ \ $2=\"([0-9]+)\" ]] && printf '%d' "${BASH_REMATCH[1]}" || printf 0; }

run_benchmark() {
    need_packages mosquitto libmosquitto1
    [[ ${1:-} == [!-]* && $1 != long-job ]] || need_packages chromium fonts-dejavu-core
    make_app
    export CELLLAB_APP=$app/celllab
    with_lock build_benchmark
    exec "$dotnet" "$root/tests/CellLab.Benchmarks/bin/Release/net10.0/CellLab.Benchmarks.dll" "$@"
}

build_benchmark() {
    restore CellLab.sln all
    sdk build "$root/tests/CellLab.Benchmarks" -c Release --no-restore -v q -clp:ErrorsOnly || fail "the build failed; the compiler's errors are above."
}
