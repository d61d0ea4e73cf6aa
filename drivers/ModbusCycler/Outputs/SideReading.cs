namespace CellLab.Drivers.ModbusCycler.Outputs;

/// <summary>One look at one unit; positive current charges.</summary>
internal readonly record struct SideReading(DateTimeOffset TakenAtUtc, double Volts, double Amperes, bool On, string? Fault);
