namespace CellLab.Storage.Writing;

internal sealed record CursorMove(string Name, long Position);
