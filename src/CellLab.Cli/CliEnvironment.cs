using CellLab.Service.Hosting;

namespace CellLab.Cli;

/// <summary>What a verb may touch of the process it runs in; tests hand in their own.</summary>
public sealed record CliEnvironment
{
    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Reads an environment variable; null when it is not set.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>What a verb reads that asks for something.</summary>
    public TextReader In { get; init; } = TextReader.Null;

    /// <summary>A person sits at the keyboard: passwords are asked for unseen.</summary>
    public bool AsksUnseen { get; init; }

    public required TimeProvider Wall { get; init; }

    /// <summary>Whether a person looks at the output: progress is then drawn in place.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>The terminal shows block characters: its locale is UTF-8.</summary>
    public bool DrawsBlocks => IsTerminal
        && (Variable("LC_ALL") ?? Variable("LC_CTYPE") ?? Variable("LANG") ?? "").Replace("-", "", StringComparison.Ordinal).Contains("utf8", StringComparison.OrdinalIgnoreCase);

    /// <summary>Answers HTTP requests in the place of the network; null for the network.</summary>
    public HttpMessageHandler? Http { get; init; }

    /// <summary>Lets a service refuse an interrupt from the keyboard.</summary>
    public InterruptGuard Interrupts { get; init; } = new(TimeProvider.System);

    internal static CliEnvironment OfProcess() => new()
    {
        Out = Console.Out,
        Error = Console.Error,
        In = Console.In,
        AsksUnseen = !Console.IsInputRedirected,
        Variable = Environment.GetEnvironmentVariable,
        Wall = TimeProvider.System,
        IsTerminal = !Console.IsOutputRedirected,
    };
}
