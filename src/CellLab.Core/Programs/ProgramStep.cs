using System.Text.Json.Serialization;

namespace CellLab.Core.Programs;

/// <summary>One step of a <see cref="CellProgram"/>. <paramref name="Block"/> is the name results are grouped by: the tag that the innermost
/// loop goes back to, <c>loop-n</c> for a loop by number, <c>main</c> outside every loop.</summary>
[JsonDerivedType(typeof(RestStep), "rest")]
[JsonDerivedType(typeof(CurrentStep), "current")]
[JsonDerivedType(typeof(VoltageStep), "voltage")]
[JsonDerivedType(typeof(ScanStep), "scan")]
[JsonDerivedType(typeof(PowerStep), "power")]
[JsonDerivedType(typeof(ResistanceStep), "resistance")]
[JsonDerivedType(typeof(LoopStep), "loop")]
[JsonDerivedType(typeof(OtherInstrumentStep), "other-instrument")]
public abstract record ProgramStep(int Number, string Block)
{
    /// <summary>When rows of this step are stored; null for the program's rule.</summary>
    public RecordRule? Record { get; init; }

    /// <summary>What only an instrument of one kind understands; null for a step that any executor runs.</summary>
    public InstrumentPart? InstrumentPart { get; init; }
}

/// <summary>Open circuit for a time. With <paramref name="UntilVoltsPerSecond"/> it is over as soon as the voltage moves more slowly than that, either
/// way (<see cref="Settling"/>).</summary>
public sealed record RestStep(int Number, string Block, double DurationSeconds, double? UntilVoltsPerSecond = null) : ProgramStep(Number, Block);

/// <summary>Constant current (positive charges) until the first of its ends. <paramref name="RateC"/> is kept where the protocol stated one.</summary>
public sealed record CurrentStep(
    int Number, string Block, double CurrentAmperes, double? RateC, double? UntilSeconds, double? UntilVoltageVolts, double? UntilAmpereHours = null)
    : ProgramStep(Number, Block);

/// <summary>Constant voltage until the first of its ends. <paramref name="UntilCurrentAmperes"/> is signed: its sign gives the direction of the
/// current that is to fall below its magnitude. <paramref name="StartCurrentAmperes"/> limits the current at the beginning.</summary>
public sealed record VoltageStep(
    int Number, string Block, double VoltageVolts, bool Charging, double? UntilSeconds, double? UntilCurrentAmperes, double? UntilRateC = null,
    double? StartCurrentAmperes = null, double? StartRateC = null, double? UntilAmpereHours = null)
    : ProgramStep(Number, Block)
{
    /// <summary>The step begins with that current until the voltage is reached (CCCV in one step): its time and charge count over both parts. Else a current
    /// step leads to the voltage.</summary>
    public bool CurrentFirst { get; init; }
}

/// <summary>Linear voltage scan from start to end.</summary>
public sealed record ScanStep(int Number, string Block, double StartVolts, double EndVolts, double VoltsPerSecond) : ProgramStep(Number, Block);

/// <summary>Constant power at the cell (positive charges) until the first of its ends.</summary>
public sealed record PowerStep(int Number, string Block, double Watts, double? UntilSeconds, double? UntilVoltageVolts, double? UntilAmpereHours = null)
    : ProgramStep(Number, Block);

/// <summary>Discharge through a constant resistance until the first of its ends.</summary>
public sealed record ResistanceStep(int Number, string Block, double Ohms, double? UntilSeconds, double? UntilVoltageVolts, double? UntilAmpereHours = null)
    : ProgramStep(Number, Block);

/// <summary>Goes back to step <paramref name="FirstStep"/> until <paramref name="Passes"/> passes are done in total, or an exit is met.</summary>
public sealed record LoopStep(int Number, string Block, int FirstStep, int Passes) : ProgramStep(Number, Block)
{
    /// <summary>Null for a loop that only counts.</summary>
    public LoopExits? Exits { get; init; }

    /// <summary>Number that the first pass is told by: later parts of one repeat count on.</summary>
    public int FirstPass { get; init; } = 1;

    /// <summary>The passes are counted on in the next pass of the loop round this one: a repeat that is interrupted by inserts.</summary>
    public bool CountsOn { get; init; }
}
