namespace CellLab.HardwareSim.Bench;

/// <summary>One simulated box with its listeners.</summary>
internal interface IBenchInstrument : IAsyncDisposable
{
    string Id { get; }

    /// <summary>Names of its channels, for faults.</summary>
    IReadOnlyList<string> Channels { get; }

    /// <summary>Names of the faults that it plays.</summary>
    IReadOnlyList<string> Faults { get; }

    /// <summary>Its entry in <c>devices[]</c> of a service configuration.</summary>
    object ConfigurationEntry { get; }

    /// <summary>Pipelines that its channels make: id, holder, role, address.</summary>
    IReadOnlyList<PipelineEntry> Pipelines { get; }

    /// <summary>Serves until cancelled.</summary>
    Task RunAsync(CancellationToken cancellationToken);

    /// <summary>Brings everything that happens by itself up to the present lab time.</summary>
    void Advance();
}

/// <summary>A pipeline of one role.</summary>
internal sealed record PipelineEntry(string Id, string Holder, string Role, string Address)
{
    /// <summary>Carrier on the line of a mass spectrometer; null for other roles.</summary>
    public GasLine? Gas { get; init; }
}

/// <summary>Carrier as the line's controller shows it, and the temperature that its millilitres refer to.</summary>
internal sealed record GasLine(double FlowMlMin, double ReferenceC);
