namespace CellLab.Core.Programs;

/// <summary>What follows from the end of a step. <paramref name="NextPlace"/> is the place after it, or, when a loop was left, the one after that loop.</summary>
public sealed record WatchTurn(ProgramMemory Memory, long NextPlace, LoopLeft? Left);

/// <summary>A loop was left by an exit. <paramref name="Pass"/> is the last that was done; <paramref name="Why"/> one clause with the values.</summary>
public sealed record LoopLeft(LoopStep Loop, int Pass, string Why);
