namespace CellLab.Core.Protocols;

/// <summary>A charge moved in one step, without a sign: of the cell (Ah) or per gram of active material; exactly one is set.</summary>
public sealed record CapacityEnd(double? AmpereHours, double? AmpereHoursPerGram);
