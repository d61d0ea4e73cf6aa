namespace CellLab.HardwareSim.Control;

/// <summary>A kind of fault that can be switched on.</summary>
/// <param name="Name">As people type it.</param>
/// <param name="Text">What it does, one sentence.</param>
/// <param name="Parameters">Names of parameters with their meaning and default.</param>
/// <param name="OnChannel">May be limited to one channel.</param>
public sealed record FaultKind(string Name, string Text, IReadOnlyDictionary<string, string> Parameters, bool OnChannel);
