namespace CellLab.Core.Programs;

/// <summary>What the host of a service-stepped channel measures. <paramref name="TimeSeconds"/> never runs back within a program; its origin is
/// the caller's. Positive current charges.</summary>
public readonly record struct CellMeasurement(double TimeSeconds, double VoltageVolts, double CurrentAmperes);
