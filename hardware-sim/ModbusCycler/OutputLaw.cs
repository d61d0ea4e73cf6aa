namespace CellLab.HardwareSim.ModbusCycler;

/// <summary>What an output does to the cell: holds <paramref name="Volts"/> as long as the current that this takes lies between the two,
/// else the nearer of them; equal currents are a constant current. Positive charges.</summary>
internal readonly record struct OutputLaw(bool On, double Volts, double LowestMilliamperes, double HighestMilliamperes)
{
    public static OutputLaw Off { get; } = new(false, 0, 0, 0);

    public bool Regulates => On && LowestMilliamperes < HighestMilliamperes;
}
