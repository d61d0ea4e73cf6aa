namespace CellLab.Core.Units;

/// <summary>A capacity as given: per gram of active material, or of the whole cell. Exactly one of both is set.</summary>
public readonly record struct CapacityQuantity(double? MilliampereHoursPerGram, double? MilliampereHours)
{
    /// <summary>Per gram of the given active mass.</summary>
    public double PerGram(double activeMassMilligrams) => MilliampereHoursPerGram ?? MilliampereHours!.Value / activeMassMilligrams * 1e3;
}
