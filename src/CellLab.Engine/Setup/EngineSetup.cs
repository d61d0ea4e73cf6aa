using CellLab.Core.Devices;

namespace CellLab.Engine.Setup;

/// <summary>What the Engine is given: the devices (made by their drivers) and the pipelines of the configuration.</summary>
public sealed record EngineSetup(IReadOnlyList<DeviceRegistration> Devices, IReadOnlyList<PipelineSpec> Pipelines)
{
    public EngineTimings Timings { get; init; } = new();

    /// <summary>Figures that triggers can wait for; null: none.</summary>
    public Core.Triggers.Rules.IDerivedQuantities? Derived { get; init; }

    /// <summary>The pattern files of a device, by the folder that it tells; null where they cannot be reached.</summary>
    public Func<DeviceId, string?, Core.Triggers.Patterns.IPatternStore?>? Patterns { get; init; }

    /// <summary>Of the cells that the service steps; the same as their runners have.</summary>
    public Hosted.HostedTimings HostedTimings { get; init; } = new();
}

/// <summary>One device of the configuration. <paramref name="Driver"/> is the catalogue's name of its driver.</summary>
public sealed record DeviceRegistration(IDevice Device, string Driver, bool Simulated);
