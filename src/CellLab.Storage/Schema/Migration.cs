namespace CellLab.Storage.Schema;

/// <summary>Brings a file from version <paramref name="Version"/> - 1 to <paramref name="Version"/>. Never changed once published.</summary>
internal sealed record Migration(int Version, string Sql);
