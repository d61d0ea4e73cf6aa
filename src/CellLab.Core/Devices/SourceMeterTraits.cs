namespace CellLab.Core.Devices;

/// <summary>What an output can do.</summary>
public sealed record SourceMeterTraits
{
    /// <summary>Largest charging current, A; 0 for a load.</summary>
    public required double MaxChargeAmperes { get; init; }

    /// <summary>Largest discharging current, A, positive; 0 for a supply.</summary>
    public required double MaxDischargeAmperes { get; init; }

    public required double MinVolts { get; init; }

    public required double MaxVolts { get; init; }

    /// <summary>Smallest step of the current setting, A.</summary>
    public required double CurrentResolutionAmperes { get; init; }

    /// <summary>Regulates to a voltage.</summary>
    public bool HoldsVoltage { get; init; }

    /// <summary>Regulates to a power.</summary>
    public bool HoldsPower { get; init; }

    /// <summary>The device does not answer more often than this makes sense (lab time).</summary>
    public TimeSpan ShortestInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Opens its output by itself after so long without a call; null for a device that goes on for ever, which is shown as a risk.</summary>
    public TimeSpan? Watchdog { get; init; }
}
