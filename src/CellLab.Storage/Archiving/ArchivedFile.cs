namespace CellLab.Storage.Archiving;

/// <summary>A file of an archive as it was written.</summary>
internal sealed record ArchivedFile(string Name, long Bytes, string Sha256);
