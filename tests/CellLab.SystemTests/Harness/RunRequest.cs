namespace CellLab.SystemTests.Harness;

/// <summary>How a verb is run. <see cref="Wrapper"/> stands before the executable (for example <c>prlimit --fsize=...</c>).</summary>
internal sealed record RunRequest
{
    public string? Folder { get; init; }

    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(60);

    public IReadOnlyDictionary<string, string?> Variables { get; init; } = new Dictionary<string, string?>();

    /// <summary>What it reads on its standard input.</summary>
    public string Input { get; init; } = "";

    public string[] Wrapper { get; init; } = [];
}

internal sealed record RunResult(int ExitCode, string Output, string Error)
{
    /// <summary>The first line of standard error, where the reason stands.</summary>
    public string Reason => Error.Split('\n', 2)[0].TrimEnd('\r');

    public override string ToString() => $"exit code {ExitCode}\n--- output\n{Output}\n--- error\n{Error}";
}
