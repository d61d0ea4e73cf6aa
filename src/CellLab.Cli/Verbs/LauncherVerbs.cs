using System.CommandLine;

namespace CellLab.Cli.Verbs;

/// <summary>Verbs that the launcher script runs itself; they stand here so that the help names them.</summary>
internal static class LauncherVerbs
{
    public static Command Test() => Stand("test", "Runs all tests (--quick: unit tests only, --long: the long ones too)");

    public static Command Benchmark() => Stand("benchmark", "Measures throughput, latency and disk use");

    private static Command Stand(string name, string description)
    {
        var verb = new Command(name, description) { TreatUnmatchedTokensAsErrors = false };
        verb.SetAction(int (_) => throw CliException.Usage($"'{name}' needs the sources: start it with the launcher, ./celllab {name}"));
        return verb;
    }
}
