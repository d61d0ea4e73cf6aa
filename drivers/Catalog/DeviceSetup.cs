using CellLab.Core.Devices;
using CellLab.Transport;
using Microsoft.Extensions.Configuration;

namespace CellLab.Drivers.Catalog;

/// <summary>One entry of <c>devices[]</c> as a driver gets it.</summary>
/// <param name="Simulated">Belongs to a simulated bench: the only kind of device that may run on fast lab time.</param>
/// <param name="Connector">Opens the connections instead of the driver's own choice: a recorder or a replay; null for the usual one.</param>
/// <param name="Profile">Register map, for drivers that have them.</param>
public sealed record DeviceSetup(
    DeviceId Id, bool Simulated, IConfigurationSection Connection, IConfigurationSection Settings, IConnector? Connector = null,
    string? Profile = null)
{
    /// <summary>Of one section of <c>devices[]</c> with <c>id, driver, simulated, connection, settings</c>.</summary>
    public static DeviceSetup From(IConfigurationSection device) => new(
        new DeviceId(device["id"] ?? ""),
        bool.TryParse(device["simulated"], out bool simulated) && simulated,
        device.GetSection("connection"),
        device.GetSection("settings"),
        Profile: device["profile"]);
}
