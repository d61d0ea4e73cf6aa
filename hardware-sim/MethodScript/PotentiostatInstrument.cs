using CellLab.HardwareSim.Bench;
using CellLab.HardwareSim.Cells;
using CellLab.HardwareSim.Control;
using CellLab.Transport.Listeners;
using Microsoft.Extensions.Logging;

namespace CellLab.HardwareSim.MethodScript;

/// <summary>A potentiostat on the bench: the instrument and its wire. A new client takes the place of the one before.</summary>
internal sealed class PotentiostatInstrument(
    PotentiostatBenchDevice device, Potentiostat potentiostat, CellPlace place, IConnectionListener listener, BenchContext bench) : IBenchInstrument
{
    /// <summary>Of the EmStat4's serial port; a pseudo-terminal takes any.</summary>
    private const int Baud = 921600;

    private readonly ILogger _logger = bench.Loggers.CreateLogger("CellLab.HardwareSim.MethodScript");

    public string Id => device.Id;

    public IReadOnlyList<string> Channels { get; } = ["1"];

    public IReadOnlyList<string> Faults { get; } =
    [
        .. FaultGroups.Stream, FaultNames.ScriptError, FaultNames.Overload, FaultNames.OpenLead, FaultNames.NotANumber, FaultNames.SlowAbort,
        FaultNames.NoEndAfterError, FaultNames.JoinedAcknowledgement, FaultNames.FlowSignAtStart, FaultNames.CorruptCharacter,
    ];

    public IReadOnlyList<PipelineEntry> Pipelines { get; } =
        device.Pipeline is { } pipeline ? [new PipelineEntry(pipeline, device.Holder, device.Role, $"{device.Id}.1")] : [];

    public object ConfigurationEntry => new
    {
        id = device.Id,
        driver = "MethodScript",
        simulated = true,
        connection = device.Wire == "tcp"
            ? (object)new { kind = "tcp", host = device.Host, port = listener.Address.Port }
            : new { kind = "serial", path = listener.Address.LocalPath, baud = Baud },
        settings = new { model = device.Model },
    };

    public Task RunAsync(CancellationToken cancellationToken)
    {
        Log.Listening(_logger, device.Id, listener.Address, 1);
        return listener.ServeNewestAsync(
            (connection, token) => new PotentiostatSession(potentiostat, connection, device.Id, bench.Faults, bench.Wall).RunAsync(token),
            reason => Log.ClientGone(_logger, device.Id, reason),
            cancellationToken);
    }

    public void Advance() => potentiostat.Advance();

    public ValueTask DisposeAsync()
    {
        lock (place.Gate)
        {
            foreach (TwoSources moment in place.Conflicts)
            {
                Log.TwoSourcesOn(_logger, place.Name, moment.Seconds, moment.First, moment.Second);
            }
        }

        return listener.DisposeAsync();
    }
}
