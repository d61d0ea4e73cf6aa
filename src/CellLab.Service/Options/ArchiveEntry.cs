namespace CellLab.Service.Options;

/// <summary>Where finished jobs go to. <paramref name="License"/> is what the metadata of an archive say of its data.</summary>
public sealed record ArchiveEntry(string? Folder, string? License);
