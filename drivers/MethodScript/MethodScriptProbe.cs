using CellLab.Core.Devices;
using CellLab.Drivers.Catalog;
using CellLab.Drivers.MethodScript.Scripts;
using CellLab.Drivers.MethodScript.Session;
using CellLab.Drivers.MethodScript.Wire;

namespace CellLab.Drivers.MethodScript;

/// <summary>A look at the instrument that leaves the cell as it is: while a script runs its identity alone; else also the potential, by a script in
/// which the cell is off.</summary>
internal sealed class MethodScriptProbe(MethodScriptSession session, MethodScriptOptions options, bool simulated)
{
    private static readonly ClockReading s_clock = new("no command that is public tells the instrument's clock: packages are stamped where they arrive");

    /// <param name="mayMeasure">It is sure that the cell is off.</param>
    public async Task<ProbeReport> ReportAsync(ChannelStatus status, bool mayMeasure, CancellationToken cancellationToken)
    {
        (InstrumentIdentity identity, string? release) = await session.IdentifyAsync(cancellationToken);
        bool idle = session.Script is null;
        string? serial = idle ? await session.AskAsync('i', cancellationToken) : null;
        string? language = idle ? await session.AskAsync('v', cancellationToken) : null;
        double[] volts = idle && mayMeasure ? await RestVoltsAsync(cancellationToken) : [];
        ChannelStatus now = volts.Length > 0 ? status with { VoltageVolts = volts[^1], CurrentAmperes = 0 } : status;
        string noise = volts.Length > 0
            ? ReadingNoise.Finding(volts)
            : ReadingNoise.NotTold(idle ? "it is not sure that the cell is off" : "a script runs");
        return new ProbeReport(
            new DeviceIdentity($"{options.Model.Name} ({identity.Type})", serial, identity.Firmware), [now], s_clock,
            [.. MethodScriptFindings.Of(options, identity, release, language, simulated), noise, .. WiringHints.Of([now])]);
    }

    private async Task<double[]> RestVoltsAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<PackageLine> packages = await session.RunAsync(SmallScripts.OpenCircuitReadings(options, ReadingNoise.Readings), cancellationToken);
        return [.. packages.Select(package => package.ValueOf(VariableTypes.MeasuredVolts)).OfType<double>()];
    }
}
