using CellLab.Core.Devices;

namespace CellLab.Drivers.Catalog.Runs;

/// <summary>A connection over which one cell is switched off.</summary>
internal interface ICellSwitch
{
    bool IsOpen { get; }

    Task ConnectAsync(CancellationToken cancellationToken);

    /// <summary>Ends what runs; returns when the instrument has confirmed that the cell is off.</summary>
    /// <exception cref="DeviceFaultException">Not confirmed.</exception>
    Task SwitchOffAsync(CancellationToken cancellationToken);

    Task CloseAsync();
}
