namespace CellLab.HardwareSim.Expected;

/// <summary>A value that a measurement on the bench is compared with.</summary>
/// <param name="Member">Name of the measured value in the results of the analyses.</param>
/// <param name="Value">Of the cell model.</param>
/// <param name="IsPercent">The tolerance is in % of the value; else in its unit.</param>
/// <param name="Format">How it is printed.</param>
/// <param name="Paper">What the paper has for it, as it stands there; empty where it has nothing.</param>
public sealed record ExpectedFigure(string Member, string Quantity, string Unit, double Value, double Tolerance, bool IsPercent, string Format, string Paper);
