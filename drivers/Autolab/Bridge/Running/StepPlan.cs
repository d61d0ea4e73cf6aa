namespace CellLab.AutolabBridge.Running;

internal enum Technique
{
    /// <summary>Cell off, the potential is sampled.</summary>
    Ocp,

    /// <summary>Constant current.</summary>
    Cp,

    /// <summary>Constant potential.</summary>
    Ca,

    /// <summary>Potential from start to end, by software steps.</summary>
    Lsv,

    Peis,
    Geis,

    /// <summary>Back to an earlier step.</summary>
    Loop,
}

/// <summary>One step of a run as the client asks for it. SI units; positive current charges (the instrument's sign).</summary>
/// <param name="Number">From 1.</param>
internal sealed record StepPlan(int Number, Technique Technique)
{
    /// <summary>Set current (A) or potential (V), by technique.</summary>
    public double Setpoint { get; init; }

    public double? DurationSeconds { get; init; }

    /// <summary>Between two looks at limits and ends.</summary>
    public double IntervalSeconds { get; init; } = 1;

    /// <summary>Between two samples that are sent.</summary>
    public double RecordSeconds { get; init; } = 1;

    public double? RecordVolts { get; init; }

    public double? UntilVolts { get; init; }

    /// <summary>Positive: over from below; negative: from above. Without it the sign of the current says so, which at an instrument that counts charging negative is
    /// the wrong way round.</summary>
    public double? UntilVoltsDirection { get; init; }

    /// <summary>Signed: the sign is the direction of the current that is to fall below.</summary>
    public double? UntilAmperes { get; init; }

    /// <summary>Magnitude.</summary>
    public double? UntilAmpereHours { get; init; }

    /// <summary>The largest current that is expected, A; null leaves it to the bridge.</summary>
    public double? RangeAmperes { get; init; }

    public double EndVolts { get; init; }

    public double VoltsPerSecond { get; init; }

    /// <summary>Null: the potential at open circuit, or no current.</summary>
    public double? Bias { get; init; }

    public double Amplitude { get; init; }

    public double FirstHertz { get; init; }

    public double LastHertz { get; init; }

    public int Points { get; init; }

    public int FirstStep { get; init; }

    public int Passes { get; init; }

    public bool IsSpectrum => Technique is Technique.Peis or Technique.Geis;

    public bool Galvanostatic => Technique is Technique.Cp or Technique.Geis;
}

/// <summary>What ends a run with the cell off whatever its steps say. Currents are signed, charge is a magnitude.</summary>
/// <param name="MaxSeconds">Of the whole run.</param>
/// <param name="OpenLeadAmperes">A held potential with less current than this counts as an open lead; 0 for never.</param>
internal sealed record RunLimits(
    double? MinVolts, double? MaxVolts, double? MinAmperes, double? MaxAmperes, double? MaxAmpereHours, double MaxSeconds, double OpenLeadAmperes);

/// <param name="Id">The client's name for it.</param>
internal sealed record RunPlan(string Id, IReadOnlyList<StepPlan> Steps, RunLimits Limits);
