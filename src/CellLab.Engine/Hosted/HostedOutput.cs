using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Core.Time;

namespace CellLab.Engine.Hosted;

/// <summary>One output, and the promise that an opening is the last word: what was ordered before it does not reach the device after it. Every call
/// has a time limit; whatever a driver throws leaves here as a <see cref="DeviceFaultException"/>.</summary>
internal sealed class HostedOutput(ISourceMeter device, ChannelAddress channel, HostedTimings timings, Clocks clocks) : IDisposable
{
    private readonly SemaphoreSlim _orders = new(1, 1);
    private long _openings;
    private DateTimeOffset _lastReadingLab = clocks.Lab.GetUtcNow();
    private long _lastReadingWall = clocks.Wall.GetTimestamp();
    private long _openingAwaitedSinceWall = clocks.Wall.GetTimestamp();

    /// <summary>What the output was last told.</summary>
    public SetPoint Asked { get; private set; } = SetPoint.OpenCircuit;

    public SourceReading? Last { get; private set; }

    /// <summary>The output has been told to open and has not confirmed it.</summary>
    public bool IsUnconfirmed { get; private set; }

    /// <summary>The output has been confirmed as open in this process at least once: until then nothing is known of it.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>To be taken before an order is thought out; the order is refused when the circuit has been opened since.</summary>
    public long Ticket => Interlocked.Read(ref _openings);

    public SourceMeterTraits Traits => device.TraitsOf(channel);

    /// <summary>No reading for too long, on lab time with a shortest time on the wall; a held bench clock cannot hide it.</summary>
    public bool IsSilent
    {
        get
        {
            TimeSpan wall = clocks.Wall.GetElapsedTime(_lastReadingWall);
            return (clocks.Lab.GetUtcNow() - _lastReadingLab > timings.LongestSilence && wall > timings.ShortestSilenceOnWall)
                || wall > timings.LongestSilence + timings.ShortestSilenceOnWall;
        }
    }

    /// <summary>An opening has been without confirmation for so long that it has to be tried again and told, whatever else tries it meanwhile.</summary>
    public bool OpeningIsDue => IsUnconfirmed && clocks.Wall.GetElapsedTime(_openingAwaitedSinceWall) > timings.OpenRepeat;

    /// <summary>The wait for a confirmed opening counts from here: it is being tried now.</summary>
    public void AwaitOpening() => _openingAwaitedSinceWall = clocks.Wall.GetTimestamp();

    /// <summary>A silence counts from here: nothing was to be read before.</summary>
    public void BeginListening() => (_lastReadingLab, _lastReadingWall) = (clocks.Lab.GetUtcNow(), clocks.Wall.GetTimestamp());

    /// <exception cref="DeviceFaultException">No reading, or one that makes no sense.</exception>
    public async Task<SourceReading> MeasureAsync(CancellationToken cancellationToken)
    {
        SourceReading reading = await CallAsync("a reading", timings.CallLimit, token => device.MeasureAsync(channel, token), cancellationToken);
        if (!double.IsFinite(reading.VoltageVolts) || !double.IsFinite(reading.CurrentAmperes))
        {
            throw new DeviceFaultException(FaultKind.Protocol, channel.Device, $"{channel}: read {reading.VoltageVolts} V and {reading.CurrentAmperes} A, expected numbers");
        }

        Last = reading;
        BeginListening();
        return reading;
    }

    /// <returns>What the device does not watch by itself.</returns>
    public Task<IReadOnlyList<string>> LimitAsync(SourceLimits limits, CancellationToken cancellationToken) =>
        CallAsync("its limits", timings.CallLimit, token => device.LimitAsync(channel, limits, token), cancellationToken);

    /// <returns>False when the circuit has been opened since the ticket was taken: the order was not sent, or has been undone.</returns>
    /// <exception cref="DeviceFaultException">It is not known what the output does: open it.</exception>
    public async Task<bool> ApplyAsync(SetPoint setPoint, long ticket, CancellationToken cancellationToken)
    {
        await _orders.WaitAsync(cancellationToken);
        try
        {
            if (ticket != Ticket)
            {
                return false;
            }

            Asked = setPoint;
            await CallAsync(
                "a set-point",
                timings.CallLimit,
                async token =>
                {
                    await device.ApplyAsync(channel, setPoint, token);
                    return true;
                },
                cancellationToken);
            return ticket == Ticket;
        }
        finally
        {
            _orders.Release();
        }
    }

    /// <summary>Output off, confirmed by a reading. Goes out at once; when an order was under way it goes out again after that order's end.</summary>
    /// <exception cref="DeviceFaultException">It is NOT confirmed; the message says so.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        long opening = Interlocked.Increment(ref _openings);
        if (!IsUnconfirmed)
        {
            AwaitOpening();
            IsUnconfirmed = true;
        }

        try
        {
            bool quiet = _orders.CurrentCount > 0;
            await SendOpenAsync(cancellationToken);
            await CallAsync("the end of an order", timings.OpenLimit, WaitForOrdersAsync, cancellationToken);
            if (!quiet)
            {
                await SendOpenAsync(cancellationToken);
            }

            await ConfirmAsync(cancellationToken);
        }
        catch (DeviceFaultException fault)
        {
            throw new DeviceFaultException(
                FaultKind.Unreachable, channel.Device, $"the output of {channel} is NOT confirmed off ({fault.Message}); it is tried again, go and look at the cell", fault);
        }

        IsKnown = true;
        if (opening == Ticket)
        {
            (IsUnconfirmed, Asked) = (false, SetPoint.OpenCircuit);
        }
    }

    public void Dispose() => _orders.Dispose();

    private async Task SendOpenAsync(CancellationToken cancellationToken) => await CallAsync(
        "the opening of the circuit",
        timings.OpenLimit,
        async token =>
        {
            await device.OpenCircuitAsync(channel, token);
            return true;
        },
        cancellationToken);

    private async Task<bool> WaitForOrdersAsync(CancellationToken cancellationToken)
    {
        await _orders.WaitAsync(cancellationToken);
        _orders.Release();
        return true;
    }

    private async Task ConfirmAsync(CancellationToken cancellationToken)
    {
        SourceReading reading = await MeasureAsync(cancellationToken);
        if (reading.OutputOn)
        {
            throw new DeviceFaultException(FaultKind.Safety, channel.Device, "the device took the command and reads back its output as on");
        }
    }

    private async Task<T> CallAsync<T>(string what, TimeSpan limit, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(limit, clocks.Wall);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return await call(both.Token).WaitAsync(both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DeviceFaultException(FaultKind.Unreachable, channel.Device, $"{channel}: waited {limit.TotalSeconds:0.#} s for {what}");
        }
        catch (Exception unexpected) when (unexpected is not (OperationCanceledException or DeviceFaultException))
        {
            throw new DeviceFaultException(FaultKind.Protocol, channel.Device, $"{channel}: the driver failed at {what}: {unexpected.Message}", unexpected);
        }
    }
}
