namespace CellLab.Core.Devices;

/// <summary>Which gas is on the line to the mass spectrometer.</summary>
public enum GasRoute
{
    /// <summary>Carrier through the cell.</summary>
    Cell,

    /// <summary>Carrier round the cell. What the cell sets free meanwhile waits in it.</summary>
    Bypass,

    /// <summary>Calibration gas round the cell: shows the line's delay alone.</summary>
    Bottle,

    /// <summary>Calibration gas through the cell: shows the whole delay. At open circuit only.</summary>
    BottleThroughCell,
}

/// <summary>The valves before the spectrometer, turned by the service or by a person.</summary>
public interface IGasPanel
{
    /// <summary>A person turns the valves: <see cref="SwitchAsync"/> is refused, <see cref="Confirm"/> tells what was done.</summary>
    bool TurnedByHand { get; }

    CarrierFlow Carrier { get; }

    /// <summary>What is on the line, read back now; by hand: as last confirmed. The route is null when it is none of those, or not known.</summary>
    Task<GasPanelStatus> InspectAsync(CancellationToken cancellationToken);

    /// <summary>Closes first, then opens, and returns when the read-back shows the route. The same route again is success.</summary>
    /// <exception cref="DeviceFaultException">Rejected: the read-back shows something else (all valves were then released, so that the cell is
    /// swept), or a person has to do it.</exception>
    Task SwitchAsync(GasRoute route, CancellationToken cancellationToken);

    /// <summary>What a person is to do for this route, one sentence.</summary>
    string TaskFor(GasRoute route);

    /// <summary>A person has turned the valves. <paramref name="at"/> is lab time.</summary>
    /// <exception cref="DeviceFaultException">Rejected: the valves of this panel are not turned by hand.</exception>
    void Confirm(GasRoute route, string who, DateTimeOffset at);
}

/// <param name="Since">Lab time at which this service switched to the route, or a person confirmed it; null where somebody else did.</param>
/// <param name="By">Who confirmed it; null for valves that the service turns.</param>
public sealed record GasPanelStatus(GasRoute? Route, string Text, DateTimeOffset? Since, string? By);
