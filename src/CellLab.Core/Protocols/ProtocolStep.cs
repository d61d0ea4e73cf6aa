using CellLab.Core.Documents;

namespace CellLab.Core.Protocols;

/// <summary>One entry of a protocol's method. <paramref name="Entry"/> counts from 1, tags included; <paramref name="Id"/> is free text.</summary>
public abstract record ProtocolStep(int Entry, SourcePosition At, string? Id)
{
    /// <summary>The kind of step, by its name in unicycler files.</summary>
    public abstract string Kind { get; }

    /// <summary>How messages name it: <c>step 4 (constant_current)</c>.</summary>
    public string Label => $"step {Entry} ({Kind})";
}

/// <summary>Rest at open circuit.</summary>
public sealed record OpenCircuitStep(int Entry, SourcePosition At, string? Id, double DurationSeconds) : ProtocolStep(Entry, At, Id)
{
    public override string Kind => StepNames.OpenCircuit;
}

/// <summary>Constant current; the rate wins over the current where both are given. Ends are alternatives.</summary>
public sealed record ConstantCurrentStep(
    int Entry, SourcePosition At, string? Id, double? RateC, double? CurrentAmperes, double? UntilSeconds, double? UntilVolts)
    : ProtocolStep(Entry, At, Id)
{
    public override string Kind => StepNames.ConstantCurrent;

    public bool Charges => (RateC ?? CurrentAmperes) > 0;
}

/// <summary>Constant voltage. The sign of the end current says which way the current flows; the rate wins over the current.</summary>
public sealed record ConstantVoltageStep(
    int Entry, SourcePosition At, string? Id, double Volts, double? UntilSeconds, double? UntilRateC, double? UntilAmperes)
    : ProtocolStep(Entry, At, Id)
{
    public override string Kind => StepNames.ConstantVoltage;

    /// <summary>The direction by the sign of the end current; null without one.</summary>
    public bool? Charges => (UntilRateC ?? UntilAmperes) is { } end ? end > 0 : null;
}

public sealed record VoltageScanStep(int Entry, SourcePosition At, string? Id, double StartVolts, double EndVolts, double VoltsPerSecond)
    : ProtocolStep(Entry, At, Id)
{
    public override string Kind => StepNames.VoltageScan;
}

/// <summary>Impedance spectrum; exactly one of the amplitudes is set: volts make it potentiostatic, amperes galvanostatic.</summary>
public sealed record ImpedanceStep(
    int Entry, SourcePosition At, string? Id, double? AmplitudeVolts, double? AmplitudeAmperes, double StartHertz, double EndHertz,
    int PointsPerDecade, int MeasuresPerPoint, bool DriftCorrection)
    : ProtocolStep(Entry, At, Id)
{
    public override string Kind => StepNames.Impedance;
}

/// <summary>Goes back to a tag (<paramref name="TargetTag"/>) or else to the entry <paramref name="TargetEntry"/>, for
/// <paramref name="Passes"/> passes in total.</summary>
public sealed record LoopBack(int Entry, SourcePosition At, string? Id, string? TargetTag, int TargetEntry, int Passes)
    : ProtocolStep(Entry, At, Id)
{
    public override string Kind => StepNames.Loop;
}

/// <summary>A label that stands for the step after it.</summary>
public sealed record TagMark(int Entry, SourcePosition At, string? Id, string Tag) : ProtocolStep(Entry, At, Id)
{
    public override string Kind => StepNames.Tag;
}
