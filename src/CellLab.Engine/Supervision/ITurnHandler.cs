using CellLab.Core.Devices;

namespace CellLab.Engine.Supervision;

/// <summary>What a device's task serves: it asks for the cursors before each turn and hands over what the turn brought.</summary>
internal interface ITurnHandler
{
    IReadOnlyList<ChannelCursor> CursorsOf(DeviceId device);

    /// <summary>Limits, durable storage, job states. Runs on the device's task; the next turn waits for it.</summary>
    Task HandleAsync(DeviceSupervisor supervisor, BankReading reading, CancellationToken cancellationToken);

    /// <summary>The device answers (again): open questions of its jobs are settled before anything else is sent.</summary>
    Task ConnectedAsync(DeviceSupervisor supervisor, CancellationToken cancellationToken);

    Task StateChangedAsync(DeviceSupervisor supervisor);
}
