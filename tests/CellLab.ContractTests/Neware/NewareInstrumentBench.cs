using CellLab.ContractTests.Bench;
using CellLab.ContractTests.Contracts;
using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Core.Safety;

namespace CellLab.ContractTests.Neware;

/// <summary>A simulated BTS system with two units of two cells.</summary>
public sealed class NewareInstrumentBench : InstrumentBench
{
    private const double Speed = 1000;

    private const string File =
        """
        { "site": "test", "node": "acquisition", "seed": 7, "devices": [ {
            "id": "cycler1", "driver": "Neware", "user": "admin", "password": "neware", "connect_required": true, "time_zone": "Europe/Zurich",
            "client_year": YEAR, "units": "UNITS", "cabinets": [ { "devtype": 27, "devid": 21, "units": 2, "channels_per_unit": 2 } ],
            "fill": { "materials": [ "LMNO" ] } } ] }
        """;

    private static readonly RecordRule s_everyThirtySeconds = new(30, null, null);
    private static readonly SafetyLimits s_limits = new(4.9, 1.5, null, null, null, 5);

    private NewareInstrumentBench(SimulatedBench simulator) => Simulator = simulator;

    public SimulatedBench Simulator { get; }

    public override ChannelAddress Channel { get; } = new(new DeviceId("cycler1"), "21-2-1");

    public override CellProgram LongProgram { get; } = new(
        "long", [new RestStep(1, "main", 36000), new CurrentStep(2, "main", 1e-5, null, 36000, 4.8)], s_everyThirtySeconds, s_limits, 5e-4);

    public override CellProgram ShortProgram { get; } = new(
        "short",
        [new RestStep(1, "main", 600), new CurrentStep(2, "main", 2e-5, null, 1800, 4.8), new CurrentStep(3, "main", -2e-5, null, 1200, 2.0)],
        s_everyThirtySeconds,
        s_limits,
        5e-4);

    public static async Task<NewareInstrumentBench> StartAsync(double speed = Speed, int clientYear = 2024, string units = "A") => new(
        await SimulatedBench.StartAsync(
            speed,
            File.Replace("YEAR", clientYear.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("UNITS", units, StringComparison.Ordinal)));

    public override IDevice Create() => Simulator.CreateDevice();

    public override Task CutNextReplyAsync() => Simulator.SetFaultAsync("cut-mid-reply", null, ("times", "1"));

    public override Task HangNextReplyAsync() => Simulator.SetFaultAsync("never-answer", null, ("command", "getchlstatus"), ("times", "1"));

    public override ValueTask DisposeAsync() => Simulator.DisposeAsync();
}
