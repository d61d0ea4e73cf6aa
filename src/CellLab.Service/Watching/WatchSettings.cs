using CellLab.Core.Events;

namespace CellLab.Service.Watching;

/// <summary>The section <c>alarms</c> of the configuration: what the node watches beside what the Engine does by itself. A rule that is null is off.</summary>
public sealed record WatchSettings
{
    public double DiskFreeGigabytes { get; init; } = 1;

    /// <summary>The disk is full in fewer days than this, as it has been filling.</summary>
    public double DiskForecastDays { get; init; } = 7;

    /// <summary>A system clock that is set by more than this.</summary>
    public double ClockStepSeconds { get; init; } = 3;

    /// <summary>Lower limit, percent.</summary>
    public CycleRule? CoulombicEfficiency { get; init; }

    /// <summary>Lower limit of the discharge capacity, percent of the best cycle of the same rate.</summary>
    public CycleRule? Retention { get; init; }

    /// <summary>Told so long (lab time) before the expected end of a job.</summary>
    public TimeSpan? ForecastEnd { get; init; }

    public IReadOnlyList<IonRule> IonCurrents { get; init; } = [];
}

/// <summary>Broken by <paramref name="Cycles"/> complete cycles in a row below the limit, from cycle <paramref name="FromCycle"/> on; whole again above limit and dead band.</summary>
public sealed record CycleRule(double BelowPercent, int FromCycle, int Cycles, double DeadBandPercent);

/// <summary>An ion current above a level: oxygen, or air through a leak. The dead band is a share of the level.</summary>
public sealed record IonRule(double MassToCharge, double AboveAmperes, AlarmSeverity Severity, TimeSpan Delay, double DeadBand);
