using System.Text.Json;

namespace CellLab.Drivers.Autolab.Wire;

/// <summary>One line from the bridge.</summary>
internal abstract record BridgeLine;

/// <summary>A request was carried out. <paramref name="Body"/> has the members of its kind.</summary>
internal sealed record AnswerLine(int Id, JsonElement Body) : BridgeLine;

/// <param name="Id">Null when the bridge could not tell which request it was, or serves another client.</param>
internal sealed record RefusalLine(int? Id, string Code, string Message) : BridgeLine;

/// <summary>An event; <paramref name="Sequence"/> rises by one over all events of a connection.</summary>
internal abstract record EventLine(long Sequence) : BridgeLine;

internal sealed record AliveLine(long Sequence) : EventLine(Sequence);

internal sealed record AlarmLine(long Sequence, string Code, string Text) : EventLine(Sequence);

/// <summary>An event that this driver does not know.</summary>
internal sealed record OtherEventLine(long Sequence, string Name) : EventLine(Sequence);

internal abstract record RunEventLine(long Sequence, string Run) : EventLine(Sequence);

internal sealed record StartedLine(long Sequence, string Run) : RunEventLine(Sequence, Run);

/// <param name="Count">Executed steps so far.</param>
/// <param name="Number">In the request, from 1.</param>
/// <param name="Seconds">Since the begin of the run.</param>
internal sealed record StepLine(long Sequence, string Run, int Count, int Number, double Seconds, double? RestVolts) : RunEventLine(Sequence, Run);

/// <summary>Null for what was not a number. Current in the instrument's sign.</summary>
internal sealed record SampleLine(long Sequence, string Run, double Seconds, double? Volts, double? Amperes, bool Overload) : RunEventLine(Sequence, Run);

internal sealed record PointLine(long Sequence, string Run, int Number, double Hertz, double? RealOhms, double? ImaginaryOhms, bool Overload)
    : RunEventLine(Sequence, Run);

/// <param name="Reason"><c>done</c>, <c>limit</c>, <c>aborted</c> or <c>error</c>.</param>
/// <param name="CellIsOff">Read back.</param>
internal sealed record FinishedLine(long Sequence, string Run, string Reason, double Seconds, bool CellIsOff, string? Code, string? Text)
    : RunEventLine(Sequence, Run);
