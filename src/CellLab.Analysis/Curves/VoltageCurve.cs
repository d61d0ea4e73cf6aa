namespace CellLab.Analysis.Curves;

/// <summary>Voltage against the charge moved in one direction of one cycle.</summary>
/// <param name="Charging">The direction.</param>
/// <param name="AmpereHours">From 0, never falling.</param>
public sealed record VoltageCurve(int Cycle, bool Charging, IReadOnlyList<double> AmpereHours, IReadOnlyList<double> Volts);
