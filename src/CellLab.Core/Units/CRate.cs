namespace CellLab.Core.Units;

/// <summary>A current as a multiple of the base current; positive charges. Means nothing without its <see cref="CRateBase"/>.</summary>
public readonly record struct CRate(double PerHour);
