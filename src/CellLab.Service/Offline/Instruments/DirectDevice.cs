using CellLab.Core.Devices;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Drivers.Catalog;
using CellLab.Service.Options;
using CellLab.Storage;
using CellLab.Transport;

namespace CellLab.Service.Offline.Instruments;

/// <summary>One device of a configuration, used directly by this process. Held against a service of the same configuration: two masters on one instrument
/// would take each other's answers.</summary>
internal sealed class DirectDevice : IAsyncDisposable
{
    private readonly IDisposable? _hold;

    private DirectDevice(IDevice device, IDisposable? hold) => (Device, _hold) = (device, hold);

    public IDevice Device { get; }

    /// <param name="connector">Opens the wire instead of the driver's own choice; null for that.</param>
    /// <exception cref="DirectDeviceException">There is no such device, its settings are wrong, or a service holds it.</exception>
    public static DirectDevice Open(string configurationFile, string id, IConnector? connector, ILoggerFactory loggers)
    {
        ServiceConfiguration configuration = Load(configurationFile);
        int index = IndexOf(configuration, id);
        DeviceEntry entry = configuration.Devices[index];
        IDisposable? hold = Hold(configuration);
        try
        {
            IDriverModule driver = DriverCatalog.Find(entry.Driver, $"devices[{index}].driver");
            return new DirectDevice(driver.Create(DeviceSetup.From(entry.Section) with { Connector = connector }, Clocks.RealTime, loggers), hold);
        }
        catch (DeviceSetupException wrong)
        {
            hold?.Dispose();
            throw new DirectDeviceException(DeviceErrors.Told(configurationFile, id, wrong), wrong);
        }
    }

    /// <exception cref="DirectDeviceException">The device is followed by its files, or there is no such device.</exception>
    public static void RequireWire(string configurationFile, string id)
    {
        ServiceConfiguration configuration = Load(configurationFile);
        if (configuration.Devices[IndexOf(configuration, id)].Connection?.Kind == "folder")
        {
            throw new DirectDeviceException($"device '{id}' has no wire: its data files are the recording; 'celllab device decode ccs FILE' reads them");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Device.DisposeAsync();
        _hold?.Dispose();
    }

    private static int IndexOf(ServiceConfiguration configuration, string id) => configuration.Devices.ToList().FindIndex(device => device.Id == id) is >= 0 and var index
        ? index
        : throw new DirectDeviceException($"{configuration.File}: there is no device '{id}'; configured are {string.Join(", ", configuration.Devices.Select(device => device.Id))}");

    private static ServiceConfiguration Load(string file)
    {
        try
        {
            return ConfigurationFile.Load(file);
        }
        catch (Hosting.StartRefusedException wrong)
        {
            throw new DirectDeviceException(wrong.Message, wrong);
        }
    }

    private static IDisposable? Hold(ServiceConfiguration configuration)
    {
        try
        {
            return FolderHold.TakeIfPresent(configuration.DataFolder);
        }
        catch (StorageException held)
        {
            throw new DirectDeviceException($"{held.Message} It also holds the devices: without --config, device probe goes through the service.", held);
        }
    }
}

/// <summary>A device cannot be used directly; the message says why and what to do.</summary>
public sealed class DirectDeviceException(string message, Exception? inner = null) : Exception(message, inner);
