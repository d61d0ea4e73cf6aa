using System.Text.Json.Nodes;

namespace CellLab.SystemTests.Harness;

/// <summary>How a laboratory of processes is set up.</summary>
internal sealed record LabOptions
{
    /// <summary>Lab seconds in one wall second.</summary>
    public double Speed { get; init; } = 2000;

    /// <summary>The bench file, from the repository's root; null for the one that <c>sim</c> takes by itself.</summary>
    public string? Bench { get; init; }

    /// <summary>The text of a bench file of the test's own; goes before <see cref="Bench"/>.</summary>
    public string? BenchText { get; init; }

    /// <summary>Changes the configuration that the bench wrote, before the service starts.</summary>
    public Action<JsonNode>? Configure { get; init; }

    /// <summary>Analysis in a process of its own, else in the service's.</summary>
    public bool SeparateAnalysis { get; init; }

    /// <summary>Stands before the service's executable.</summary>
    public string[] ServiceWrapper { get; init; } = [];
}
