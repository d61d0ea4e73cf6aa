namespace CellLab.HardwareSim.Neware.Program;

/// <summary>One step of a step file in SI but for mA; magnitudes, the direction is in the type. A null end condition is absent.</summary>
internal sealed record BtsStep(int Id, BtsStepType Type)
{
    public double Milliamperes { get; init; }

    public double? StopVolts { get; init; }

    public double TargetVolts { get; init; }

    public double? StopMilliamperes { get; init; }

    public double? Seconds { get; init; }

    public double? MilliampereSeconds { get; init; }

    public IReadOnlyList<BtsSlope> Slopes { get; init; } = [];

    public IReadOnlyList<BtsCondition> Conditions { get; init; } = [];

    public int LoopTo { get; init; }

    public int LoopPasses { get; init; }

    /// <summary>A range that the file demands, mA.</summary>
    public double? RangeMilliamperes { get; init; }

    public BtsRecordRule Record { get; init; } = BtsRecordRule.Default;

    public BtsProtection Protection { get; init; } = BtsProtection.None;

    public bool IsDischarge => Type is BtsStepType.DischargeCurrent or BtsStepType.DischargeVoltage or BtsStepType.DischargeCurrentVoltage;

    public bool HoldsVoltage => Type is BtsStepType.ChargeVoltage or BtsStepType.DischargeVoltage;

    /// <summary>The word of the replies.</summary>
    public string Word => Type switch
    {
        BtsStepType.ChargeCurrent => "cc",
        BtsStepType.DischargeCurrent => "dc",
        BtsStepType.ChargeVoltage => "cv",
        BtsStepType.DischargeVoltage => "dv",
        BtsStepType.ChargeCurrentVoltage => "cccv",
        BtsStepType.DischargeCurrentVoltage => "cccd",
        BtsStepType.Pause => "pause",
        BtsStepType.VoltageScan => "cv",
        BtsStepType.End => "end",
        _ => "rest",
    };
}

/// <summary>One ramp of a voltage scan.</summary>
internal readonly record struct BtsSlope(double StartVolts, double EndVolts, double VoltsPerSecond);

/// <summary>When a record is stored besides the first and last of a step; a null condition is absent.</summary>
internal sealed record BtsRecordRule(double? Seconds, double? Volts, double? Milliamperes)
{
    public static BtsRecordRule Default { get; } = new(30, null, null);
}

/// <summary>Limits that stop the test when they are passed for <paramref name="DelaySeconds"/>.</summary>
internal sealed record BtsProtection(
    double? UpperVolts, double? LowerVolts, double? UpperMilliamperes, double? LowerMilliamperes, double? UpperMilliampereSeconds, double DelaySeconds)
{
    public static BtsProtection None { get; } = new(null, null, null, null, null, 0);

    /// <summary>A step's own limits, and the whole program's where it has none.</summary>
    public BtsProtection Over(BtsProtection whole) => new(
        UpperVolts ?? whole.UpperVolts,
        LowerVolts ?? whole.LowerVolts,
        UpperMilliamperes ?? whole.UpperMilliamperes,
        LowerMilliamperes ?? whole.LowerMilliamperes,
        UpperMilliampereSeconds ?? whole.UpperMilliampereSeconds,
        DelaySeconds > 0 ? DelaySeconds : whole.DelaySeconds);

    public bool IsPassedBy(double volts, double milliamperes, double milliampereSeconds) =>
        volts > UpperVolts || volts < LowerVolts || Math.Abs(milliamperes) > UpperMilliamperes || milliamperes < LowerMilliamperes
        || milliampereSeconds > UpperMilliampereSeconds;
}
