namespace CellLab.Service.Hosting;

/// <summary>One token for every way in which the service is told to end: its caller, or, when asked for, the end of standard input.</summary>
internal sealed class EndOfService : IDisposable
{
    private readonly CancellationTokenSource source;

    public EndOfService(ServeOptions options, CancellationToken cancellationToken)
    {
        source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (options.ParentPipe)
        {
            // A blocked read of standard input cannot be cancelled: a background thread ends with the process.
            new Thread(() => WaitForEnd(options.Input)) { IsBackground = true, Name = "parent pipe" }.Start();
        }
    }

    public CancellationToken Token => source.Token;

    public void Dispose() => source.Dispose();

    private void WaitForEnd(TextReader input)
    {
        while (input.Read() >= 0)
        {
        }

        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // the service has ended on its own
        }
    }
}
