using CellLab.Core.Devices;

namespace CellLab.Engine.Setup;

/// <summary>What becomes different about devices and pipelines while the Engine runs. A device with other settings is removed and added.</summary>
/// <param name="Pipelines">All, as they will be.</param>
/// <param name="Touched">Names of pipelines that are removed or become different.</param>
public sealed record EngineChange(
    IReadOnlyList<DeviceId> Removed, IReadOnlyList<DeviceRegistration> Added, IReadOnlyList<PipelineSpec> Pipelines, IReadOnlyList<string> Touched)
{
    public bool IsEmpty => Removed.Count == 0 && Added.Count == 0 && Touched.Count == 0;
}
