namespace CellLab.Core.Units;

/// <summary>One kind of quantity: unit spellings with their factor to the unit that CellLab keeps, and what a message expects.</summary>
internal sealed record UnitKind(string Expected, IReadOnlyDictionary<string, double> Factors);

internal static class UnitTable
{
    public const string CapacityExpected = "a capacity in mAh/g or mAh, for example 250mAh/g or 3mAh";

    /// <summary>To mg.</summary>
    public static UnitKind Mass { get; } = new("a mass with its unit (ug, mg, g), for example 15.1mg",
        new Dictionary<string, double> { ["ug"] = 1e-3, ["mg"] = 1, ["g"] = 1e3 });

    /// <summary>To mm.</summary>
    public static UnitKind Length { get; } = new("a length with its unit (mm, cm), for example 10mm",
        new Dictionary<string, double> { ["mm"] = 1, ["cm"] = 10 });

    /// <summary>To V.</summary>
    public static UnitKind Potential { get; } = new("a voltage with its unit (V, mV), for example 4.8V",
        new Dictionary<string, double> { ["V"] = 1, ["mV"] = 1e-3 });

    /// <summary>To A.</summary>
    public static UnitKind Flow { get; } = new("a current with its unit (A, mA, uA), for example 0.5mA",
        new Dictionary<string, double> { ["A"] = 1, ["mA"] = 1e-3, ["uA"] = 1e-6 });

    /// <summary>To mAh/g.</summary>
    public static IReadOnlyDictionary<string, double> SpecificCapacity { get; } =
        new Dictionary<string, double> { ["mAh/g"] = 1, ["Ah/g"] = 1e3, ["Ah/kg"] = 1 };

    /// <summary>To mAh.</summary>
    public static IReadOnlyDictionary<string, double> Capacity { get; } =
        new Dictionary<string, double> { ["mAh"] = 1, ["Ah"] = 1e3, ["uAh"] = 1e-3 };
}
