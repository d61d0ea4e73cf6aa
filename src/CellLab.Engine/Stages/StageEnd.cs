namespace CellLab.Engine.Stages;

/// <summary>What became of a step of another instrument or a person.</summary>
/// <param name="Held">Null when it is over as planned; else why a person has to look before it is done anew.</param>
/// <param name="Text">What happened, one clause for the job's events.</param>
/// <param name="Then">What a person has to do before the job goes on after it; null when it goes on by itself.</param>
internal sealed record StageEnd(string Text, string? Held = null, string? Then = null);
