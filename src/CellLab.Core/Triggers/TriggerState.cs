namespace CellLab.Core.Triggers;

/// <summary>Where the handshake with a diffractometer stands.</summary>
public enum TriggerState
{
    Disarmed,

    /// <summary>The next trigger can go out.</summary>
    Armed,

    /// <summary>The pulse is out, the exposure has not been seen.</summary>
    Triggered,
    Exposing,

    /// <summary>Still exposing after 1.5 times the expected time and a minute.</summary>
    Overrun,
    Readout,

    /// <summary>The instrument reports a fault, or the link is down.</summary>
    Fault,
}
