namespace CellLab.Storage.Archiving;

/// <summary>What is done next, in this order; tests cut there as a crash would.</summary>
internal enum ArchiveStep { Write, Verify, Name, Mark, Strip, Forget, Settle, PutFile, PutRows, Unmark }
