using System.CommandLine;

namespace CellLab.Cli.Verbs;

/// <summary>Lets a process end with the one that started it: the parent holds the other end of standard input. Only <c>demo</c> asks for this;
/// a process started by hand never looks at its standard input.</summary>
internal static class ParentPipe
{
    public static Option<bool> Option() => new("--end-with-stdin") { Hidden = true };

    /// <summary>A token that is cancelled with the given one, or, when asked for, once standard input is at its end.</summary>
    public static CancellationTokenSource Follow(bool wanted, CancellationToken cancellationToken)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (wanted)
        {
            new Thread(() => WaitForEnd(source)) { IsBackground = true, Name = "parent pipe" }.Start();
        }

        return source;
    }

    private static void WaitForEnd(CancellationTokenSource source)
    {
        using Stream input = Console.OpenStandardInput();
        Span<byte> nothing = stackalloc byte[16];
        while (input.Read(nothing) > 0)
        {
        }

        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // the verb has ended on its own
        }
    }
}
