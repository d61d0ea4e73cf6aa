namespace CellLab.Core.Devices;

/// <summary>Few kinds of fault, each with its reaction.</summary>
public enum FaultKind
{
    /// <summary>No answer: retried by policy, then the channel is offline.</summary>
    Unreachable,

    /// <summary>Bytes that break the rules: the connection is dropped, the bytes go to the log.</summary>
    Protocol,

    /// <summary>Understood and refused: never retried, shown to the technician.</summary>
    Rejected,

    /// <summary>Settings and instrument do not fit (units, channels): nothing is published until a person has mended it.</summary>
    Configuration,

    /// <summary>A limit was passed: the circuit is opened first, then told.</summary>
    Safety,
}
