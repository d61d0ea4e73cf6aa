using System.Diagnostics;

namespace CellLab.SystemTests.Harness;

/// <summary>The launcher in a small repository of its own, with a script in the place of <c>dotnet</c>: builds take milliseconds and are counted.</summary>
internal sealed class FakeRepository : IDisposable
{
    /// <summary>Publishes a program that prints what it was built of, or a copy of PROGRAM; fails on sources that hold BROKEN; writes test results.</summary>
    private const string FakeDotnet = """
        #!/usr/bin/env bash
        echo "$1" >>"$CALLS"
        out= results= trx=
        for word in "$@"; do
            [[ ${previous:-} == -o ]] && out=$word
            [[ ${previous:-} == --results-directory ]] && results=$word
            [[ $word == trx* ]] && trx=${word#*=}
            previous=$word
        done
        case $1 in
            --version) echo 10.0.100 ;;
            publish | build)
                if grep -q BROKEN "$CELLLAB_HOME/src/CellLab.Cli/Program.cs"; then echo "Program.cs(1,1): error CS1002: ; expected"; exit 1; fi
                if [[ -n $out ]]; then
                    mkdir -p "$out"
                    if [[ -n ${PROGRAM:-} ]]; then
                        cp "$PROGRAM" "$out/celllab"
                    else
                        printf '#!/bin/sh\necho "%s:" "$@"\n' "$(tr -d '\n' <"$CELLLAB_HOME/src/CellLab.Cli/Program.cs")" >"$out/celllab"
                    fi
                    chmod +x "$out/celllab"
                fi ;;
            restore) mkdir -p "$CELLLAB_HOME/src/CellLab.Cli/obj"; echo '{}' >"$CELLLAB_HOME/src/CellLab.Cli/obj/project.assets.json" ;;
            test)
                failing="FAILING_$(basename "$trx" .trx | tr - _)"
                if [[ -n ${!failing:-} ]]; then
                    FAILED=1 TEST_EXIT=1
                    echo "<UnitTestResult testName=\"${!failing}\" duration=\"00:00:01.0\" outcome=\"Failed\" />" >>"$results/$trx"
                fi
                echo "<Counters total=\"9\" executed=\"9\" passed=\"${PASSED:-7}\" failed=\"${FAILED:-0}\" error=\"0\" timeout=\"0\" aborted=\"0\" />" >>"$results/$trx"
                exit "${TEST_EXIT:-0}" ;;
        esac
        """;

    private readonly TemporaryFolder folder = new();

    public FakeRepository()
    {
        foreach (string file in new[] { "celllab", "scripts/dotnet.sh", "scripts/packages.sh", "scripts/build.sh", "scripts/test.sh" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder["repository/" + file])!);
            File.Copy(Path.Combine(App.Root, file), folder["repository/" + file]);
        }

        foreach (string file in new[] { "Directory.Build.props", "Directory.Packages.props", "global.json", "CellLab.sln", "drivers/a.cs", "hardware-sim/a.cs", "tests/a.cs" })
        {
            folder.Write("repository/" + file, "");
        }

        folder.Write("repository/src/CellLab.Cli/CellLab.Cli.csproj", "<Project/>");
        AddTool("dotnet", FakeDotnet);
        Source = "one";
    }

    public string Source
    {
        set => folder.Write("repository/src/CellLab.Cli/Program.cs", value);
    }

    public Dictionary<string, string> Variables { get; } = [];

    public string this[string path] => folder["repository/" + path];

    /// <summary>First words of the calls of <c>dotnet</c> so far.</summary>
    public IReadOnlyList<string> Calls => File.Exists(folder["calls"]) ? File.ReadAllLines(folder["calls"]) : [];

    /// <summary>A script that the launcher finds before the system's program of that name.</summary>
    public void AddTool(string name, string script) =>
        File.SetUnixFileMode(folder.Write("bin/" + name, script), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    public async Task<RunResult> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("bash") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder.Path };
        foreach (string argument in (string[])[this["celllab"], .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Remove("CELLLAB_NO_BUILD");
        start.Environment["PATH"] = $"{folder["bin"]}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["CALLS"] = folder["calls"];
        foreach ((string name, string value) in Variables)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new RunResult(process.ExitCode, await output, await error);
    }

    public void Dispose() => folder.Dispose();
}
