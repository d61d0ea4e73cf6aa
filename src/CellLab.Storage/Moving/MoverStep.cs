namespace CellLab.Storage.Moving;

/// <summary>What the mover does next.</summary>
internal enum MoverStep { Copy, Note, Trim, Checkpoint }
