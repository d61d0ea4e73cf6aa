namespace CellLab.Transport;

/// <summary>What happened to a wire.</summary>
public enum TransportFault
{
    /// <summary>The address is not one this connector can open.</summary>
    BadAddress,

    /// <summary>The machine answers, nobody listens on the port.</summary>
    Refused,

    /// <summary>No way to the machine, or its name is not known.</summary>
    NotFound,

    /// <summary>Nothing answered in time.</summary>
    TimedOut,

    /// <summary>The connection ended while it was in use.</summary>
    Lost,

    /// <summary>Bytes that break the rules of the framing.</summary>
    Garbled,

    /// <summary>A replayed conversation went another way than the recorded one.</summary>
    Mismatch,
}
