using CellLab.Transport.Listeners;

namespace CellLab.Transport.Terminals;

/// <summary>Serves a simulated serial port under a path of one's choice (a symbolic link). A serial line knows no connections: the one that
/// <see cref="AcceptAsync"/> returns lasts over all clients. Closing it is pulling the plug, which clients notice; the next
/// <see cref="AcceptAsync"/> plugs it in again under the same path.</summary>
public sealed class PseudoTerminalListener : IConnectionListener
{
    private readonly string _link;
    private readonly SemaphoreSlim _free = new(1);
    private readonly CancellationTokenSource _closed = new();
    private PseudoTerminal _terminal;
    private bool _handedOut;

    private PseudoTerminalListener(string link, PseudoTerminal terminal)
    {
        _link = link;
        _terminal = terminal;
        Address = new Uri($"serial://{link}");
    }

    /// <summary><c>serial://</c> and the link's path.</summary>
    public Uri Address { get; }

    /// <param name="path">Where the link is made; a left-over link is replaced.</param>
    /// <exception cref="IOException">The path is taken by something else than a link, or the system has no pseudo-terminals.</exception>
    public static PseudoTerminalListener Open(string path)
    {
        string link = Path.GetFullPath(path);
        PseudoTerminal terminal = PseudoTerminal.Open();
        try
        {
            Link(link, terminal.Path);
            return new PseudoTerminalListener(link, terminal);
        }
        catch
        {
            terminal.Dispose();
            throw;
        }
    }

    public async Task<IConnection> AcceptAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closed.Token);
        await _free.WaitAsync(either.Token);
        if (_handedOut)
        {
            _terminal = PseudoTerminal.Open();
            Link(_link, _terminal.Path);
        }

        _handedOut = true;
        return new Plugged(this, new StreamConnection(Address, _terminal.Stream), _terminal);
    }

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        if (new FileInfo(_link).LinkTarget is string target && target == _terminal.Path)
        {
            File.Delete(_link);
        }

        _terminal.Dispose();
    }

    private static void Link(string link, string target)
    {
        var existing = new FileInfo(link);
        if (existing.LinkTarget is not null)
        {
            existing.Delete();
        }
        else if (existing.Exists)
        {
            throw new IOException($"{link} exists and is not a link to a pseudo-terminal; choose another path");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        File.CreateSymbolicLink(link, target);
    }

    private sealed class Plugged(PseudoTerminalListener listener, StreamConnection inner, PseudoTerminal terminal) : IConnection
    {
        private int _pulled;

        public Uri Address => inner.Address;

        public Stream Stream => inner.Stream;

        public async ValueTask DisposeAsync()
        {
            if (Interlocked.Exchange(ref _pulled, 1) == 0)
            {
                await inner.DisposeAsync();
                terminal.Dispose();
                listener._free.Release();
            }
        }
    }
}
