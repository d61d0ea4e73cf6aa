namespace CellLab.HardwareSim.Control;

/// <summary>A request on the control socket: one line of JSON. Op is list, set or clear.</summary>
internal sealed record ControlRequest(
    string Op, string? Name = null, string? Device = null, string? Channel = null, Dictionary<string, string>? Parameters = null);

/// <summary>Its answer: one line of JSON. Error is null when it was done.</summary>
internal sealed record ControlReply(string? Error = null, IReadOnlyList<FaultState>? Faults = null, int Cleared = 0);

/// <summary>A kind of fault, where it is on, and which devices of the bench have it.</summary>
public sealed record FaultState(FaultKind Kind, IReadOnlyList<ActiveFault> Active, IReadOnlyList<string> Devices);
