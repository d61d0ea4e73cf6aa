namespace CellLab.Core.Devices;

/// <summary>Starts patterns on a diffractometer: over a contact, or a protocol. One request id makes at most one pulse.</summary>
public interface ITriggerOutput
{
    TriggerTraits Traits { get; }

    /// <summary>Gets the instrument ready for a run and returns when it confirms it; without a way to ask, when the output is low.</summary>
    /// <exception cref="DeviceFaultException">Rejected: not ready, busy, or the output does not read back as low.</exception>
    Task<TriggerArming> ArmAsync(TriggerRun run, CancellationToken cancellationToken);

    /// <summary>Makes one pulse and tells what became of it. A request whose id was fired before gets that receipt again and no pulse. From the
    /// first byte on it runs to its end whatever happens to the token, so that no contact stays closed.</summary>
    /// <exception cref="DeviceFaultException">No pulse was made, and none will be: the instrument is busy or not ready, the output is not low, the
    /// gap to the last pulse is too short, the link is down, or the request was refused. Whatever is in doubt comes as a receipt instead.</exception>
    Task<TriggerReceipt> FireAsync(TriggerRequest request, CancellationToken cancellationToken);

    /// <summary>What the instrument shows now.</summary>
    Task<TriggerReading> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Safe state: output low, read back, and disarmed. May be called while any other call is under way; ends a pulse early.</summary>
    Task ReleaseAsync(CancellationToken cancellationToken);
}
