using System.Globalization;
using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Transport;

namespace CellLab.Drivers.XrdTrigger.Helper;

/// <summary>A helper program on the diffractometer's computer starts the pattern (docs/reference/xrd-helper.md).</summary>
internal sealed class HelperWire(XrdTriggerOptions options, IConnector connector, Clocks clocks) : ITriggerWire
{
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>Helpers write milliseconds.</summary>
    private static readonly TimeSpan s_clockRounding = TimeSpan.FromMilliseconds(1);

    private HelperLink? _link;
    private volatile HelperMessage? _lastDone;
    private volatile HelperMessage? _lastFault;

    public TriggerTraits Traits { get; } = new(TriggerAcknowledgement.Line, TellsReady: true, s_pollInterval);

    public async Task<DeviceIdentity> OpenAsync(CancellationToken cancellationToken)
    {
        await CloseAsync();
        IConnection connection = await connector.OpenAsync(options.Address, cancellationToken);
        _link = new HelperLink(connection, options.ReplyTimeout, OnEvent, clocks.Wall);
        HelperMessage hello = Required(await HelloAsync(cancellationToken));
        if (hello["proto"] != "1")
        {
            throw new TriggerRefusedException($"the helper speaks version '{hello["proto"]}' of the protocol, expected 1; update it");
        }

        return new DeviceIdentity(hello["instrument"], null, null);
    }

    public async Task<TriggerArming> ArmAsync(TriggerRun run, CancellationToken cancellationToken)
    {
        (string, string)[] fields = run.Program is string program ? [("run", run.Id), ("program", program)] : [("run", run.Id)];
        HelperMessage answer = Required(await AskAsync("ARM", cancellationToken, fields));
        _lastFault = null;
        return new TriggerArming(
            double.TryParse(answer["exposure_s"], NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is > 0 and < 1e7
                ? TimeSpan.FromSeconds(seconds)
                : null);
    }

    /// <summary>The helper itself refuses what comes after its release.</summary>
    public async Task<WirePulse> PulseAsync(TriggerRequest request, CancellationToken released)
    {
        (string, string)[] fields = request.Metadata is string meta ? [("id", request.Id), ("meta", meta)] : [("id", request.Id)];
        await RequireFreeAsync(CancellationToken.None);
        var stamp = new PulseStamp(clocks);
        try
        {
            Required(await AskAsync("TRIG", CancellationToken.None, fields));
            return stamp.Answered();
        }
        catch (TransportException error)
        {
            return stamp.Unanswered(await HasStartedAsync(request.Id, CancellationToken.None), error.Message);
        }
    }

    public async Task<TriggerReading> ReadAsync(CancellationToken cancellationToken)
    {
        HelperMessage status = Required(await AskAsync("STATUS", cancellationToken));
        HelperMessage? done = _lastDone;
        string? fault = status["state"] == "fault" ? _lastFault?["text"] ?? "the helper reports a fault" : null;
        return new TriggerReading(
            clocks.Lab.GetUtcNow(),
            status["state"] == "armed",
            status["state"] == "exposing",
            Output: null,
            fault,
            status["last"],
            done?["id"] == status["last"] ? done?["file"] : null);
    }

    /// <summary>By another <c>HELLO</c>, which changes nothing.</summary>
    public async Task<ClockReading> ReadClockAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset sent = clocks.Lab.GetUtcNow();
        HelperMessage hello = Required(await HelloAsync(cancellationToken));
        DateTimeOffset received = clocks.Lab.GetUtcNow();
        return DateTimeOffset.TryParse(hello["clock"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset told)
            ? new ClockReading("the clock of the helper's computer", ClockOffset.Of(told, sent, received, s_clockRounding))
            : new ClockReading($"the helper tells no time ('{hello["clock"]}')");
    }

    /// <summary>No output to lower: an exposure that runs goes on, and nothing more starts.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken) => Required(await AskAsync("DISARM", cancellationToken));

    public ValueTask DisposeAsync() => new(CloseAsync());

    private async Task RequireFreeAsync(CancellationToken cancellationToken)
    {
        string? state = Required(await AskAsync("STATUS", cancellationToken))["state"];
        if (state != "armed")
        {
            throw new TriggerRefusedException($"no pulse: the helper's state is {state}, expected armed");
        }
    }

    /// <summary>Over a new connection where the old one is gone.</summary>
    private async Task<bool> HasStartedAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await OpenAsync(cancellationToken);
            return Required(await AskAsync("STATUS", cancellationToken))["last"] == id;
        }
        catch (Exception error) when (error is TransportException or TriggerRefusedException)
        {
            return false; // nothing is known: the receipt says so
        }
    }

    private Task<HelperMessage> HelloAsync(CancellationToken cancellationToken) => AskAsync("HELLO", cancellationToken, ("proto", "1"), ("client", "celllab"));

    private Task<HelperMessage> AskAsync(string word, CancellationToken cancellationToken, params (string Key, string Value)[] fields) =>
        (_link ?? throw new TransportException(TransportFault.Lost, options.Address, "not connected; connect first")).AskAsync(word, fields, cancellationToken);

    private static HelperMessage Required(HelperMessage answer) => answer.Word == "OK"
        ? answer
        : throw new TriggerRefusedException($"the helper refuses with {answer["code"] ?? "no code"}: {answer["text"] ?? "no reason"}");

    private void OnEvent(HelperMessage message)
    {
        if (message["state"] == "done")
        {
            _lastDone = message;
        }
        else if (message["state"] == "fault")
        {
            _lastFault = message;
        }
    }

    private async Task CloseAsync()
    {
        if (_link is not null)
        {
            await _link.DisposeAsync();
            _link = null;
        }
    }
}
