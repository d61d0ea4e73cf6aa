using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Storage.Export;

namespace CellLab.Storage.Archiving;

/// <summary>What is to be archived, and who wants it.</summary>
/// <param name="Root">Folder of all archives; the job gets one of its own in it.</param>
/// <param name="Files">For people and other programs: tables with their metadata. Rows are brought back from the job's database, not from these.</param>
/// <param name="License">Of the data, as it stands in the RO-Crate metadata; null: not stated.</param>
public sealed record ArchiveOrder(
    Job Job, string Root, ExportContext Context, IReadOnlyList<ExportFile> Files, string? License, string Who, string Reason)
{
    /// <summary>Devices that took part.</summary>
    public IReadOnlyList<DeviceId> Devices { get; init; } = [];
}
