using System.Text.Json.Serialization;

namespace CellLab.Core.Programs;

/// <summary>One step of a <see cref="CellProgram"/>. <paramref name="Block"/> is the name results are grouped by: the tag that the innermost
/// loop goes back to, <c>loop-n</c> for a loop by number, <c>main</c> outside every loop.</summary>
[JsonDerivedType(typeof(RestStep), "rest")]
[JsonDerivedType(typeof(CurrentStep), "current")]
[JsonDerivedType(typeof(VoltageStep), "voltage")]
[JsonDerivedType(typeof(ScanStep), "scan")]
[JsonDerivedType(typeof(LoopStep), "loop")]
public abstract record ProgramStep(int Number, string Block);

/// <summary>Open circuit for a time.</summary>
public sealed record RestStep(int Number, string Block, double DurationSeconds) : ProgramStep(Number, Block);

/// <summary>Constant current (positive charges) until the first of its ends. <paramref name="RateC"/> is kept where the protocol stated one.</summary>
public sealed record CurrentStep(
    int Number, string Block, double CurrentAmperes, double? RateC, double? UntilSeconds, double? UntilVoltageVolts, double? UntilAmpereHours = null)
    : ProgramStep(Number, Block);

/// <summary>Constant voltage until the first of its ends. <paramref name="UntilCurrentAmperes"/> is signed: its sign gives the direction of the
/// current that is to fall below its magnitude. <paramref name="StartCurrentAmperes"/> limits the current at the beginning.</summary>
public sealed record VoltageStep(
    int Number, string Block, double VoltageVolts, bool Charging, double? UntilSeconds, double? UntilCurrentAmperes, double? UntilRateC = null,
    double? StartCurrentAmperes = null, double? StartRateC = null)
    : ProgramStep(Number, Block);

/// <summary>Linear voltage scan from start to end.</summary>
public sealed record ScanStep(int Number, string Block, double StartVolts, double EndVolts, double VoltsPerSecond) : ProgramStep(Number, Block);

/// <summary>Goes back to step <paramref name="FirstStep"/> until <paramref name="Passes"/> passes are done in total.</summary>
public sealed record LoopStep(int Number, string Block, int FirstStep, int Passes) : ProgramStep(Number, Block);
