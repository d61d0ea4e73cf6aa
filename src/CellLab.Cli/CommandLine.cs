using System.CommandLine;
using System.CommandLine.Parsing;
using CellLab.Cli.Verbs;
using CellLab.Service.Hosting;

namespace CellLab.Cli;

/// <summary>All verbs, and what every one of them shares: wrong usage, refusals and interruptions become exit codes here.</summary>
public static class CommandLine
{
    public static async Task<int> RunAsync(string[] arguments, CliEnvironment environment, CancellationToken cancellationToken)
    {
        ParseResult parsed = Build(environment).Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            return Refuse(parsed, environment);
        }

        try
        {
            return await parsed.InvokeAsync(Invocation(environment), cancellationToken);
        }
        catch (CliException refusal)
        {
            await environment.Error.WriteLineAsync(refusal.Message);
            return refusal.ExitCode;
        }
        catch (StartRefusedException refusal)
        {
            await environment.Error.WriteLineAsync(refusal.Message);
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await environment.Error.WriteLineAsync("interrupted");
            return ExitCodes.Failed;
        }
    }

    private static RootCommand Build(CliEnvironment environment)
    {
        var root = new RootCommand("CellLab: battery experiments that are not lost");
        foreach (Command verb in All(environment))
        {
            root.Add(verb);
        }

        return root;
    }

    private static Command[] All(CliEnvironment environment) =>
    [
        DemoVerb.Build(environment),
        LauncherVerbs.Test(), LauncherVerbs.Benchmark(),
        ServeVerb.Build(environment),
        SimVerb.Build(environment),
        XrdHelperVerb.Build(environment),
        DeviceVerbs.Build(environment),
        SampleVerbs.Build(environment),
        JobVerbs.Build(environment),
        ExportVerb.Build(environment),
        ReportVerb.Build(environment),
        AlarmVerbs.Build(environment),
        BackupVerb.Build(environment),
        ConfigVerbs.Build(environment),
        UserVerbs.Build(environment),
        TokenVerbs.Build(environment),
        ProtocolVerbs.Build(environment),
        AnalyzeVerb.Build(environment),
        AnalyzeVerb.Import(environment),
        DoctorVerb.Build(environment),
    ];

    private static InvocationConfiguration Invocation(CliEnvironment environment) => new()
    {
        Output = environment.Out,
        Error = environment.Error,
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null, // signals are ours: a service needs longer than two seconds to end in order
    };

    private static int Refuse(ParseResult parsed, CliEnvironment environment)
    {
        Command verb = parsed.CommandResult.Command;
        string path = verb is RootCommand ? "celllab" : $"celllab {PathOf(parsed.CommandResult)}";
        environment.Error.WriteLine($"{ReasonOf(parsed)}; see: {path} --help");
        return ExitCodes.WrongUsage;
    }

    /// <summary>A word that nobody knows is the cause; that something is missing then only follows from it.</summary>
    private static string ReasonOf(ParseResult parsed) => parsed switch
    {
        { UnmatchedTokens: [{ } word, ..] } => $"'{word}' is not known here",
        { Errors: [{ SymbolResult: ArgumentResult { Tokens.Count: 0, Parent: CommandResult } absent }, ..] } => $"{absent.Argument.Name} is missing ({absent.Argument.Description})",
        _ => OneLine(parsed.Errors[0].Message),
    };

    /// <summary>Without line breaks and without the names of the runtime's types.</summary>
    private static string OneLine(string message) =>
        string.Join(' ', message.Split(" as expected type")[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');

    private static string PathOf(CommandResult result) =>
        result.Parent is CommandResult { Command: not RootCommand } parent ? $"{PathOf(parent)} {result.Command.Name}" : result.Command.Name;
}
