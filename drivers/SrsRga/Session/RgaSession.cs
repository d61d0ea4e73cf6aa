using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.SrsRga.Wire;
using CellLab.Transport;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.SrsRga.Session;

/// <summary>Owner of the stream to one head. Whatever goes wrong leaves a mark, and no command goes out before the stream is in step again, so
/// an answer can never be taken for another's. What leaves here is a <see cref="DeviceFaultException"/> or a cancellation.</summary>
internal sealed class RgaSession(DeviceId device, SrsRgaOptions options, IConnector connector, Clocks clocks, ILogger logger) : IAsyncDisposable
{
    private const int Tries = 3;
    private static readonly TimeSpan s_initialisation = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim _gate = new(1);
    private CancellationTokenSource? _holder;
    private RgaLink? _link;
    private bool _inStep;

    /// <summary>Work that may be told to end for something more urgent.</summary>
    public delegate Task<T> Work<T>(RgaConversation conversation, CancellationToken cancellationToken);

    /// <summary>Closes what is open, opens anew, logs in, and brings the stream in step.</summary>
    public Task OpenAsync(CancellationToken cancellationToken) => HoldAsync(
        "connect",
        async token =>
        {
            await OpenCoreAsync(token);
            return true;
        },
        cancellationToken);

    /// <exception cref="DeviceFaultException">Unreachable: not connected, silence. Protocol: an answer that is none. Others: from the work.</exception>
    public Task<T> RunAsync<T>(string what, Work<T> work, CancellationToken cancellationToken) => HoldAsync(
        what,
        async token =>
        {
            RgaLink link = _link ?? throw Fault(FaultKind.Unreachable, $"{what}: not connected; connect first");
            return await WorkAsync(link, work, token);
        },
        cancellationToken);

    /// <summary>The same, but tells what is under way to end, and opens a connection when there is none.</summary>
    public Task<T> RunUrgentlyAsync<T>(string what, Work<T> work, CancellationToken cancellationToken)
    {
        Volatile.Read(ref _holder)?.Cancel();
        return HoldAsync(
            what,
            async token =>
            {
                if (_link is null)
                {
                    await OpenCoreAsync(token);
                }

                return await WorkAsync(_link!, work, token);
            },
            cancellationToken);
    }

    /// <summary>Stops what the head may be sending, lets the line fall silent and asks for STATUS and name: at most three times.</summary>
    /// <exception cref="RgaSilenceException">The head does not answer.</exception>
    public async Task ResynchroniseAsync(CancellationToken cancellationToken)
    {
        RgaLink link = _link ?? throw Fault(FaultKind.Unreachable, "not connected; connect first");
        for (int attempt = 1; ; attempt++)
        {
            await link.SendAsync(RgaCodec.Write("\rHS0"), cancellationToken);
            long discarded = await link.DiscardAsync(options.Quiet, clocks.Wall, cancellationToken);
            try
            {
                RgaConversation head = Talk(link);
                RgaStatus status = await head.ActAsync("IN", 0, s_initialisation, cancellationToken);
                RgaIdentity.Parse(await head.AskAsync("ID", cancellationToken)); // a late answer could pass for STATUS, but not for this
                _inStep = true;
                Log.InStep(logger, device, attempt, discarded, (int)status);
                return;
            }
            catch (Exception error) when (error is RgaFormatException or RgaSilenceException && attempt < Tries)
            {
                Log.NotInStep(logger, device, attempt, error.Message);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Volatile.Read(ref _holder)?.Cancel();
        await _gate.WaitAsync();
        await DropAsync();
        _gate.Release();
    }

    private async Task<T> WorkAsync<T>(RgaLink link, Work<T> work, CancellationToken cancellationToken)
    {
        if (!_inStep)
        {
            await ResynchroniseAsync(cancellationToken);
        }

        return await work(Talk(link), cancellationToken);
    }

    private RgaConversation Talk(RgaLink link) => new(device, link, options, clocks.Wall);

    private async Task OpenCoreAsync(CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            await DropAsync();
            _link = new RgaLink(await connector.OpenAsync(options.Address, cancellationToken));
            _inStep = false;
            try
            {
                await GreetAsync(_link, cancellationToken);
                return;
            }
            catch (TransportException error) when (error.Fault == TransportFault.Lost && attempt < Tries)
            {
                // The adapter takes one client only and may not have noticed yet that the one before has gone.
                Log.TurnedAway(logger, device, attempt, error.Message);
                await Task.Delay(options.Quiet, clocks.Wall, cancellationToken);
            }
        }
    }

    private async Task GreetAsync(RgaLink link, CancellationToken cancellationToken)
    {
        if (options.User.Length > 0)
        {
            await LogInAsync(link, cancellationToken);
        }

        await ResynchroniseAsync(cancellationToken);
    }

    private async Task LogInAsync(RgaLink link, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(s_initialisation + options.ReplyMargin, clocks.Wall);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            if (!await RgaLogin.RunAsync(link, options.User, options.Password, either.Token))
            {
                throw Fault(
                    FaultKind.Rejected, $"the Ethernet adapter refused the log-in of '{options.User}'; check connection.user and connection.password");
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RgaSilenceException(
                "the log-in prompts did not come; for a device server without log-in leave connection.user out, and note that the adapter takes one client only");
        }
    }

    private async Task<T> HoldAsync<T>(string what, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        var interrupted = new CancellationTokenSource(); // has no timer: nothing to dispose of, and a late interrupt is harmless
        Volatile.Write(ref _holder, interrupted);
        try
        {
            return await GuardAsync(what, work, interrupted, cancellationToken);
        }
        finally
        {
            Volatile.Write(ref _holder, null);
            _gate.Release();
        }
    }

    private async Task<T> GuardAsync<T>(
        string what, Func<CancellationToken, Task<T>> work, CancellationTokenSource interrupted, CancellationToken cancellationToken)
    {
        using var any = CancellationTokenSource.CreateLinkedTokenSource(interrupted.Token, cancellationToken);
        try
        {
            return await work(any.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            _inStep = false;
            throw Fault(FaultKind.Unreachable, $"{what}: interrupted, because switching off goes first");
        }
        catch (OperationCanceledException)
        {
            _inStep = false; // the answer may still come: it must not meet the next command
            throw new OperationCanceledException(cancellationToken);
        }
        catch (TransportException error)
        {
            await DropAsync();
            throw Fault(FaultKind.Unreachable, $"{what}: {error.Message}", error);
        }
        catch (RgaSilenceException error)
        {
            _inStep = false;
            throw Fault(FaultKind.Unreachable, $"{what}: {error.Message}", error);
        }
        catch (RgaFormatException error)
        {
            _inStep = false;
            throw Fault(FaultKind.Protocol, $"{what}: {error.Message}", error);
        }
        catch (DeviceFaultException error) when (_link is not null && !_inStep && error.Kind == FaultKind.Rejected)
        {
            await DropAsync(); // refused log-in
            throw;
        }
    }

    private async Task DropAsync()
    {
        if (_link is { } link)
        {
            _link = null;
            _inStep = false;
            await link.DisposeAsync();
        }
    }

    private DeviceFaultException Fault(FaultKind kind, string message, Exception? inner = null) => new(kind, device, message, inner);
}
