namespace CellLab.Cli;

/// <summary>Ends the verb with an exit code. The first line of the message says the reason; further lines may help.</summary>
public sealed class CliException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    internal static CliException Failed(string message) => new(ExitCodes.Failed, message);

    internal static CliException Usage(string message) => new(ExitCodes.WrongUsage, message);
}
