namespace CellLab.Core.Devices;

/// <summary>A mass spectrometer. Commands say a state and are idempotent. It measures passes of a plan: every ion current carries its own
/// time. It never switches its emission on by itself.</summary>
public interface IGasAnalyzer
{
    /// <summary>How often, in lab time, polling makes sense while a plan runs.</summary>
    TimeSpan PollInterval { get; }

    /// <summary>State of source, detector and error memory, read now.</summary>
    Task<GasAnalyzerStatus> InspectAsync(CancellationToken cancellationToken);

    /// <summary>Switches emission and detector on as configured and returns when the instrument confirms it (seconds).</summary>
    /// <param name="chamberPascals">What an independent gauge reads in the spectrometer's vacuum now: the interlock.</param>
    /// <exception cref="DeviceFaultException">Rejected: the pressure is above the configured limit, or the instrument reports an error.</exception>
    Task SwitchOnAsync(double chamberPascals, CancellationToken cancellationToken);

    /// <summary>Safe state: detector high voltage, then emission off, confirmed. May be called while any other call is under way and overtakes it.</summary>
    Task SwitchOffAsync(CancellationToken cancellationToken);

    /// <summary>Begins a plan, replacing the one that runs. Numbers of passes begin at 1.</summary>
    /// <exception cref="DeviceFaultException">Rejected: the plan is beyond the instrument, or its emission is off.</exception>
    Task StartAsync(IonPlan plan, CancellationToken cancellationToken);

    /// <summary>The passes that became due and complete since the last call; empty when none has.</summary>
    /// <exception cref="DeviceFaultException">Nothing was handed out. Rejected: the instrument stopped measuring (source, supply, filter); the plan is over.</exception>
    Task<IonPoll> PollAsync(CancellationToken cancellationToken);

    /// <summary>Ends the plan; emission stays as it is (a warm source is steadier). Without a plan this is success.</summary>
    Task StopAsync(CancellationToken cancellationToken);
}
