using System.Text;
using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.Neware.Messages;
using CellLab.Drivers.Neware.Wire;
using CellLab.Transport;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.Neware.Session;

/// <summary>The conversation with one BTS client: one exchange at a time, strict question and answer. A connection on which anything went
/// wrong is dropped, also one whose reply did not come in time after a cancellation, so that a late reply cannot be taken for a new one. Everything that leaves here is a
/// <see cref="DeviceFaultException"/> or a cancellation.</summary>
internal sealed class NewareSession(DeviceId device, NewareOptions options, IConnector connector, Clocks clocks, ILogger logger) : IAsyncDisposable
{
    /// <summary>Wall time that a stop waits for the exchange in flight.</summary>
    private static readonly TimeSpan s_patienceOfStop = TimeSpan.FromSeconds(1);

    /// <summary>Wall time that a cancelled caller still waits for the reply in flight, to keep the connection in step.</summary>
    private static readonly TimeSpan s_graceOfCancel = TimeSpan.FromSeconds(1);

    private readonly ExchangeGate _gate = new();
    private NewareLink? _link;

    private NewareLink Link => _link ?? throw Fault(FaultKind.Unreachable, "not connected; connect first");

    /// <exception cref="DeviceFaultException">Unreachable: no connection is open, so nothing remembered may pass for present.</exception>
    public void RequireOpen() => _ = Link;

    /// <summary>Closes what is open, opens anew and logs in.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        using ExchangeGate.Turn turn = await _gate.EnterAsync(urgent: false, cancellationToken);
        await GuardAsync("connect", options.ReplyTimeout, turn, OpenCoreAsync, cancellationToken);
    }

    /// <summary>One exchange in the routine lane. <paramref name="lastCheck"/> runs when nothing can come before the request any more.</summary>
    public async Task<Reply<T>> AskAsync<T>(
        string what, byte[] request, NewareLink.FrameReader<T> read, CancellationToken cancellationToken, Action? lastCheck = null)
    {
        using ExchangeGate.Turn turn = await _gate.EnterAsync(urgent: false, cancellationToken);
        lastCheck?.Invoke();
        return await GuardAsync(what, options.ReplyTimeout, turn, token => ExchangeAsync(request, read, token), cancellationToken);
    }

    /// <summary>Holds back routine exchanges until disposed; what is under way is left to <see cref="AskUrgentlyAsync"/>.</summary>
    public IDisposable BeginUrgentConversation() => _gate.BeginUrgentConversation();

    /// <summary>One exchange that overtakes everything: waits 1 s (wall) for the exchange in flight, then drops its connection; opens a
    /// connection when there is none.</summary>
    /// <param name="limit">Wall time for the reply, and for opening.</param>
    public async Task<Reply<T>> AskUrgentlyAsync<T>(
        string what, byte[] request, NewareLink.FrameReader<T> read, TimeSpan limit, CancellationToken cancellationToken)
    {
        using ExchangeGate.Turn turn = await OvertakeAsync(cancellationToken);
        if (_link is null)
        {
            await GuardAsync("connect", limit, turn, OpenCoreAsync, cancellationToken);
        }

        return await GuardAsync(what, limit, turn, token => ExchangeAsync(request, read, token), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _gate.InterruptHolder();
        using ExchangeGate.Turn turn = await _gate.EnterAsync(urgent: true, CancellationToken.None);
        await DropAsync();
    }

    private async Task<ExchangeGate.Turn> OvertakeAsync(CancellationToken cancellationToken)
    {
        Task<ExchangeGate.Turn> entering = _gate.EnterAsync(urgent: true, cancellationToken);
        using var patience = new CancellationTokenSource(s_patienceOfStop, clocks.Wall);
        await using (patience.Token.Register(_gate.InterruptHolder))
        {
            return await entering;
        }
    }

    private async Task<bool> OpenCoreAsync(CancellationToken cancellationToken)
    {
        await DropAsync();
        _link = new NewareLink(await connector.OpenAsync(options.Address, cancellationToken));
        if (!options.SendConnect)
        {
            return true;
        }

        Reply<bool> reply = await ExchangeAsync(
            ConnectMessage.Write(options.User, options.Password), ConnectMessage.Read, cancellationToken);
        if (!reply.Value)
        {
            await DropAsync();
            throw Fault(
                FaultKind.Rejected, $"the BTS client refused the log-in of '{options.User}'; check connection.user and connection.password");
        }

        return true;
    }

    private async Task<Reply<T>> ExchangeAsync<T>(byte[] request, NewareLink.FrameReader<T> read, CancellationToken cancellationToken)
    {
        NewareLink link = Link;
        DateTimeOffset sent = clocks.Lab.GetUtcNow();
        DateTimeOffset received = sent;
        await link.SendAsync(request, cancellationToken);
        T value = await link.ReceiveAsync(read, () => received = clocks.Lab.GetUtcNow(), cancellationToken);
        return new Reply<T>(value, sent, received);
    }

    private async Task<T> GuardAsync<T>(
        string what, TimeSpan limit, ExchangeGate.Turn turn, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var timeout = new CancellationTokenSource(limit, clocks.Wall);
        using var grace = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clocks.Wall);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(grace.Token, timeout.Token, turn.Interrupted);
        await using CancellationTokenRegistration called = cancellationToken.Register(() => grace.CancelAfter(s_graceOfCancel));
        try
        {
            T result = await work(any.Token);
            cancellationToken.ThrowIfCancellationRequested(); // the reply has come: the connection stays in step
            return result;
        }
        catch (NewareRefusedException refused)
        {
            throw Fault(FaultKind.Rejected, $"{what}: {refused.Message}", refused);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await DropAsync();
            throw turn.Interrupted.IsCancellationRequested
                ? Fault(FaultKind.Unreachable, $"{what}: interrupted because a stop goes first; the connection was dropped")
                : Fault(FaultKind.Unreachable, $"{what}: no reply within {limit.TotalSeconds:0.#} s; the connection was dropped");
        }
        catch (OperationCanceledException)
        {
            if (any.IsCancellationRequested)
            {
                await DropAsync(); // the reply may still come: it must not meet the next request
            }

            throw new OperationCanceledException(cancellationToken);
        }
        catch (TransportException error)
        {
            await DropAsync();
            throw Fault(FaultKind.Unreachable, $"{what}: {error.Message}", error);
        }
        catch (NewareFormatException error)
        {
            Log.BrokenReply(logger, device, what, error.Message, Encoding.UTF8.GetString(_link is null ? default : _link.Unread));
            await DropAsync();
            throw Fault(FaultKind.Protocol, $"{what}: {error.Message}; the connection was dropped", error);
        }
    }

    private async Task DropAsync()
    {
        if (_link is { } link)
        {
            _link = null;
            await link.DisposeAsync();
        }
    }

    private DeviceFaultException Fault(FaultKind kind, string message, Exception? inner = null) => new(kind, device, message, inner);
}
