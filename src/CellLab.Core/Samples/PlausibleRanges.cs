using CellLab.Core.Units;

namespace CellLab.Core.Samples;

/// <summary>What a laboratory cell can be. Outside it a unit was mistaken (2 g for 2 mg).</summary>
public static class PlausibleRanges
{
    /// <summary>Active mass per electrode area, mg/cm2.</summary>
    public const double MinLoading = 0.5;
    public const double MaxLoading = 30;

    /// <summary>Electrode discs, mm.</summary>
    public const double MinDiameter = 3;
    public const double MaxDiameter = 50;

    /// <summary>Active materials, mAh/g: from supercapacitor carbons to lithium metal (3860).</summary>
    public const double MinCapacity = 10;
    public const double MaxCapacity = 4000;

    /// <summary>Insertion materials, mAh/g: what is outside is more often a misplaced decimal point than silicon (3579), sulfur (1672) or a carbon for
    /// supercapacitors, so that a person has to confirm it.</summary>
    public const double MinUsualCapacity = 50;
    public const double MaxUsualCapacity = 400;

    /// <summary>Active mass when no diameter is known, mg: the loadings on discs of 5 and of 20 mm.</summary>
    public static double MinMass { get; } = MinLoading * AreaSquareCentimetres(5);
    public static double MaxMass { get; } = MaxLoading * AreaSquareCentimetres(20);

    /// <summary>Active mass of a pouch, mg: from single layers to cells of some 20 Ah.</summary>
    public const double MinPouchMass = 10;
    public const double MaxPouchMass = 100_000;

    public static double AreaSquareCentimetres(double diameterMillimetres) => Math.PI / 4 * diameterMillimetres * diameterMillimetres / 100;

    public static bool IsUsual(double milliampereHoursPerGram) => milliampereHoursPerGram is >= MinUsualCapacity and <= MaxUsualCapacity;

    /// <summary>Null, or the sentence that says why the capacity cannot be right, or has to be confirmed.</summary>
    public static string? CapacityProblem(double milliampereHoursPerGram, bool accepted)
    {
        string found = $"a nominal capacity of {QuantityText.Short(milliampereHoursPerGram)} mAh/g";
        if (milliampereHoursPerGram is not (>= MinCapacity and <= MaxCapacity))
        {
            return $"{found} is not plausible: expected {MinCapacity} to {MaxCapacity} mAh/g; check the unit";
        }

        return accepted || IsUsual(milliampereHoursPerGram)
            ? null
            : $"{found} is outside the {MinUsualCapacity} to {MaxUsualCapacity} mAh/g of insertion materials; check the figure and its unit, "
                + "or confirm it with --accept-capacity REASON (silicon, sulfur, supercapacitor carbon)";
    }

    /// <summary>Null, or the sentence that says why the mass cannot be right.</summary>
    /// <param name="holder">What the cell sits in, where it is known: a pouch is not made of discs.</param>
    public static string? MassProblem(double activeMassMilligrams, double? diameterMillimetres, string? holder = null)
    {
        if (holder == Holders.Pouch)
        {
            return activeMassMilligrams is >= MinPouchMass and <= MaxPouchMass
                ? null
                : $"an active mass of {QuantityText.Short(activeMassMilligrams)} mg is not plausible for a pouch: expected {MinPouchMass} to {MaxPouchMass} mg; check the unit";
        }

        double area = diameterMillimetres is { } diameter ? AreaSquareCentimetres(diameter) : 0;
        (double low, double high) = area > 0 ? (MinLoading * area, MaxLoading * area) : (MinMass, MaxMass);
        if (activeMassMilligrams >= low && activeMassMilligrams <= high)
        {
            return null;
        }

        string range = $"expected {QuantityText.Short(low)} to {QuantityText.Short(high)} mg";
        return area > 0
            ? $"an active mass of {QuantityText.Short(activeMassMilligrams)} mg on {QuantityText.Short(diameterMillimetres!.Value)} mm is a loading of "
                + $"{QuantityText.Short(activeMassMilligrams / area)} mg/cm2; plausible are {MinLoading} to {MaxLoading}, so {range}; check the unit"
            : $"an active mass of {QuantityText.Short(activeMassMilligrams)} mg is not plausible for a laboratory cell: {range} "
                + "(0.5 to 30 mg/cm2 on discs of 5 to 20 mm); check the unit";
    }
}
