using CellLab.Core.Devices;

namespace CellLab.Engine.Setup;

/// <summary>What the mass spectrometer of a pipeline measures beside a job, and the gas line before it.</summary>
public sealed record GasSetup
{
    public required IReadOnlyList<double> Masses { get; init; }

    /// <summary>Lab time from one pass through the masses to the next.</summary>
    public required TimeSpan Interval { get; init; }

    public double? DwellSeconds { get; init; }

    /// <summary>The valves; null for a line without a panel of the configuration: a person changes the gas.</summary>
    public DeviceId? Panel { get; init; }

    /// <summary>Of a line without a panel; else the panel tells it.</summary>
    public CarrierFlow? Carrier { get; init; }

    /// <summary>What the chamber's own gauge reads, stated by the person who read it: emission that is off is switched on with it. Null: it is never switched on.</summary>
    public double? ChamberPascals { get; init; }

    public GasLoss OnFailure { get; init; } = GasLoss.GoOn;

    /// <summary>Of the line, for the analysis; null when it is not known.</summary>
    public double? TransitDelaySeconds { get; init; }

    public double? MixingSeconds { get; init; }
}

/// <summary>What a job does when an instrument beside its cycler fails.</summary>
public enum GasLoss
{
    /// <summary>Goes on; the gap is told and marked.</summary>
    GoOn,

    /// <summary>Is paused until a person resumes it.</summary>
    Hold,

    Stop,
}
