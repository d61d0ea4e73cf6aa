namespace CellLab.Core.Units;

/// <summary>A current in amperes; positive charges the cell, everywhere.</summary>
public readonly record struct Current(double Amperes);
