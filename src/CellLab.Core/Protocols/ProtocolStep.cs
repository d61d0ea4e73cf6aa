using CellLab.Core.Documents;
using CellLab.Core.Programs;

namespace CellLab.Core.Protocols;

/// <summary>One entry of a protocol's method. <paramref name="Entry"/> counts from 1, tags included; <paramref name="Id"/> is free text.</summary>
public abstract record ProtocolStep(int Entry, SourcePosition At, string? Id)
{
    /// <summary>The kind of step, by its name in unicycler files.</summary>
    public abstract string Kind { get; }

    /// <summary>How the file says it, in a file whose entries have no numbers: the sentence, or the kind of step.</summary>
    public string? Sentence { get; init; }

    /// <summary>The recording interval that the step asks for; null for the file's rule.</summary>
    public double? PeriodSeconds { get; init; }

    /// <summary>The changes at which the step asks for a row; null for the file's rule.</summary>
    public double? RecordDeltaVolts { get; init; }
    public double? RecordDeltaAmperes { get; init; }

    /// <summary>The charge at which the step is over; null for a step without such an end.</summary>
    public CapacityEnd? UntilCapacity { get; init; }

    /// <summary>What only an instrument of one kind understands; null for a step without such a part.</summary>
    public InstrumentPart? InstrumentPart { get; init; }

    /// <summary>How messages name it: <c>step 4 (constant_current)</c>, or its sentence.</summary>
    public string Label => Sentence is null ? $"step {Entry} ({Kind})" : $"'{Sentence}'";
}

/// <summary>Rest at open circuit.</summary>
public sealed record OpenCircuitStep(int Entry, SourcePosition At, string? Id, double DurationSeconds) : ProtocolStep(Entry, At, Id)
{
    /// <summary>The rest is over sooner when the voltage moves more slowly than this.</summary>
    public double? UntilVoltsPerSecond { get; init; }

    public override string Kind => StepNames.OpenCircuit;
}

/// <summary>Constant current; the rate wins over the current where both are given. Ends are alternatives.</summary>
public sealed record ConstantCurrentStep(
    int Entry, SourcePosition At, string? Id, double? RateC, double? CurrentAmperes, double? UntilSeconds, double? UntilVolts)
    : ProtocolStep(Entry, At, Id)
{
    public override string Kind => StepNames.ConstantCurrent;

    /// <summary>The current per gram of active material, where it is given so; then neither rate nor current is.</summary>
    public double? AmperesPerGram { get; init; }

    public bool Charges => (RateC ?? CurrentAmperes ?? AmperesPerGram) > 0;
}

/// <summary>Constant voltage. The sign of the end current says which way the current flows; the rate wins over the current.</summary>
public sealed record ConstantVoltageStep(
    int Entry, SourcePosition At, string? Id, double Volts, double? UntilSeconds, double? UntilRateC, double? UntilAmperes)
    : ProtocolStep(Entry, At, Id)
{
    public override string Kind => StepNames.ConstantVoltage;

    /// <summary>The end current is written without a sign; the step before gives the direction.</summary>
    public bool DirectionOpen { get; init; }

    /// <summary>The end current per gram of active material, where it is given so.</summary>
    public double? UntilAmperesPerGram { get; init; }

    /// <summary>The current that the step begins with until the voltage is reached (CCCV in one step); the rate wins. Its sign is the direction. Both null
    /// for a step that only holds.</summary>
    public double? StartRateC { get; init; }
    public double? StartAmperes { get; init; }

    /// <summary>The way in which current flows, where no current with a sign tells it.</summary>
    public bool? StatedCharging { get; init; }

    /// <summary>It begins with a current.</summary>
    public bool CurrentFirst => (StartRateC ?? StartAmperes) is not null;

    /// <summary>The direction by the sign of its currents, or as stated; null when the step before gives it.</summary>
    public bool? Charges => (UntilRateC ?? UntilAmperes ?? UntilAmperesPerGram ?? StartRateC ?? StartAmperes) is { } signed ? signed > 0 : StatedCharging;
}

/// <summary>Constant power, positive charges. Ends are alternatives.</summary>
public sealed record ConstantPowerStep(int Entry, SourcePosition At, string? Id, double Watts, double? UntilSeconds, double? UntilVolts)
    : ProtocolStep(Entry, At, Id)
{
    public override string Kind => StepNames.ConstantPower;
}

/// <summary>Discharge through a constant resistance. Ends are alternatives.</summary>
public sealed record ConstantResistanceStep(int Entry, SourcePosition At, string? Id, double Ohms, double? UntilSeconds, double? UntilVolts)
    : ProtocolStep(Entry, At, Id)
{
    public override string Kind => StepNames.ConstantResistance;
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
    /// <summary>The voltage held while it is measured; null at open circuit.</summary>
    public double? HoldVolts { get; init; }

    public override string Kind => StepNames.Impedance;
}

/// <summary>Goes back to a tag (<paramref name="TargetTag"/>) or else to the entry <paramref name="TargetEntry"/>, for
/// <paramref name="Passes"/> passes in total.</summary>
public sealed record LoopBack(int Entry, SourcePosition At, string? Id, string? TargetTag, int TargetEntry, int Passes)
    : ProtocolStep(Entry, At, Id)
{
    /// <summary>The block that the loop's steps belong to, where it is not called like the tag.</summary>
    public string? BlockName { get; init; }

    /// <summary>When the loop is left early; null for one that only counts.</summary>
    public LoopExits? Exits { get; init; }

    /// <summary>The tag of the loop round it that an exit leaves too; null for the loop itself.</summary>
    public string? LeavesTag { get; init; }

    /// <summary>Number of the first pass, and whether the passes are counted on in every pass of the loop round it: parts of one repeat.</summary>
    public int FirstPass { get; init; } = 1;
    public bool CountsOn { get; init; }

    public override string Kind => StepNames.Loop;
}

/// <summary>A label that stands for the step after it.</summary>
public sealed record TagMark(int Entry, SourcePosition At, string? Id, string Tag) : ProtocolStep(Entry, At, Id)
{
    public override string Kind => StepNames.Tag;
}

/// <summary>A step that needs more than a cycler's program: another instrument, a person, a pulse to a trigger. <paramref name="Need"/> says what;
/// <paramref name="Members"/> are its settings as written.</summary>
public sealed record HostedStep(int Entry, SourcePosition At, string? Id, string Name, string Need, IReadOnlyDictionary<string, string> Members)
    : ProtocolStep(Entry, At, Id)
{
    public override string Kind => Name;
}
