namespace CellLab.Core.Samples;

/// <summary>A sample as a person gives it, each value as typed with its unit; names are those of the command line (<c>--electrode-mass</c>) and
/// in snake case of REST. Absent values are null.</summary>
public sealed record SampleInput
{
    public string? Name { get; init; }
    public string? ElectrodeMass { get; init; }
    public string? FoilMass { get; init; }
    public string? ActiveFraction { get; init; }
    /// <summary>Overrides the computed active mass; more than 5 % off is refused.</summary>
    public string? ActiveMass { get; init; }
    public string? Diameter { get; init; }
    /// <summary>Per gram or of the whole cell.</summary>
    public string? Capacity { get; init; }
    /// <summary>Why a capacity outside the usual range is right; not needed within it.</summary>
    public string? AcceptCapacity { get; init; }
    public string? Holder { get; init; }
    public string? Ocv { get; init; }
    public string? Leading { get; init; }
    public string? Group { get; init; }
    public string? Material { get; init; }
    /// <summary>As assembled, for example Li1.2Mn0.6Ni0.2O2.</summary>
    public string? Formula { get; init; }
}
