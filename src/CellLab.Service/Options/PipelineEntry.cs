using CellLab.Core.Devices;
using CellLab.Engine.Setup;

namespace CellLab.Service.Options;

/// <summary>The instruments that act on one cell, by role (<c>cycler</c>), and what the cell sits in.</summary>
public sealed record PipelineEntry(string Id, string Holder, IReadOnlyDictionary<string, ChannelAddress> Roles)
{
    /// <summary>How the roles' leads reach the cell; wired where nothing is said.</summary>
    public IReadOnlyDictionary<string, Wiring> Wiring { get; init; } = new Dictionary<string, Wiring>();

    /// <summary>What a job does when the instrument of a role (<c>eis</c>, <c>xrd</c>) fails, where something is said.</summary>
    public IReadOnlyDictionary<string, GasLoss> OnFailure { get; init; } = new Dictionary<string, GasLoss>();

    /// <summary>What its mass spectrometer measures, and its gas line; null where nothing is said.</summary>
    public GasSetup? Gas { get; init; }
}
