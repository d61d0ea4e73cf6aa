using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.Catalog;
using CellLab.Transport.Modbus;
using CellLab.Transport.Serial;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.SmallSupply;

/// <summary>Registers the driver under its name and reads its settings.</summary>
public sealed class SmallSupplyModule : IDriverModule
{
    public string Name => "SmallSupply";

    public IDevice Create(DeviceSetup setup, Clocks clocks, ILoggerFactory loggers)
    {
        var errors = new List<string>();
        var connection = new SettingsReader(setup.Connection, errors);
        var settings = new SettingsReader(setup.Settings, errors);
        Uri? address = WireAddress.Read(connection, defaultPort: 502, new SerialSettings(115200));
        int unit = connection.Integer("unit", 1, 1, 247);
        var line = new ModbusLineSettings { ReplyTimeout = settings.Seconds("reply_timeout_s", 1, 0.1, 60) };
        connection.RefuseUnknown();
        settings.RefuseUnknown();
        ILogger? warnings = setup.Simulated ? null : loggers.CreateLogger<SmallSupplyModule>();
        return errors.Count == 0
            ? new SmallSupplyDevice(setup.Id, ModbusLines.OfProcess.Rent(address!, setup.Connector, line, clocks.Wall), (byte)unit, clocks, warnings)
            : throw new DeviceSetupException(errors);
    }
}
