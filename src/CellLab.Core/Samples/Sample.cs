using CellLab.Core.Units;

namespace CellLab.Core.Samples;

/// <summary>One version of the cell under test. Specific values (per gram) are always computed from raw A and Ah with the version in force.</summary>
public sealed record Sample
{
    public required string Name { get; init; }
    /// <summary>From 1; an amendment adds a version, nothing is overwritten.</summary>
    public int Version { get; init; } = 1;
    public double? ElectrodeMassMilligrams { get; init; }
    public double? FoilMassMilligrams { get; init; }
    public double? ActiveFraction { get; init; }
    public required double ActiveMassMilligrams { get; init; }
    public double? DiameterMillimetres { get; init; }
    public required double NominalCapacityMilliampereHoursPerGram { get; init; }
    /// <summary>Why a capacity outside the usual range was accepted; null where none had to be.</summary>
    public string? AcceptedCapacityReason { get; init; }
    public string Holder { get; init; } = "coin";
    public double OcvLowVolts { get; init; } = 2.5;
    public double OcvHighVolts { get; init; } = 3.6;
    public LeadingDirection Leading { get; init; } = LeadingDirection.Charge;
    public string? Group { get; init; }
    /// <summary>What the electrode is made of; cells of one material are replicates in a report. Null: nobody said.</summary>
    public string? Material { get; init; }
    /// <summary>Of the active material as assembled; <see cref="ChemicalFormula"/> reads it. Null: nobody said.</summary>
    public string? Formula { get; init; }
    public DateTimeOffset RecordedAtUtc { get; init; }
    public string RecordedBy { get; init; } = "";
    /// <summary>Why this version replaces the one before; empty on the first.</summary>
    public string Reason { get; init; } = "";

    public CRateBase Base => new(NominalCapacityMilliampereHoursPerGram, ActiveMassMilligrams);
}
