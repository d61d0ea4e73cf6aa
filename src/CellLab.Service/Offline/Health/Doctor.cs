using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using CellLab.Messaging;
using CellLab.Messaging.Broker;
using CellLab.Service.Hosting;
using CellLab.Service.Options;
using CellLab.Transport.Listeners;

namespace CellLab.Service.Offline.Health;

/// <summary>Looks whether this machine can run the service of a configuration: packages, ports, disk, broker. Changes nothing.</summary>
public static class Doctor
{
    /// <summary>In the order in which a person would look.</summary>
    public static async Task<IReadOnlyList<HealthCheck>> ExamineAsync(string configurationFile)
    {
        var checks = new List<HealthCheck> { Runtime(), Broker(), ClientLibrary() };
        try
        {
            ServiceConfiguration configuration = ConfigurationFile.Load(configurationFile);
            checks.Add(new HealthCheck("configuration", true, configuration.File));
            checks.Add(await PortAsync("HTTP port", configuration.HttpUrl.Host, configuration.HttpUrl.Port, "choose another one in http.url"));
            checks.Add(await PortAsync("MQTT port", configuration.Mqtt.Host, configuration.Mqtt.Port, "choose another one in mqtt.port"));
            checks.Add(Disk(configuration));
            checks.AddRange(AccessChecks.Examine(configuration, TimeProvider.System));
        }
        catch (StartRefusedException refused)
        {
            checks.Add(new HealthCheck("configuration", false, refused.Message, "correct the file, or name another one with --config"));
        }

        return checks;
    }

    private static HealthCheck Runtime() => new(".NET", Environment.Version.Major >= 10, $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}");

    private static HealthCheck Broker()
    {
        try
        {
            return new HealthCheck("MQTT broker", true, InstalledParts.Broker());
        }
        catch (BrokerException missing)
        {
            return new HealthCheck("MQTT broker", false, "not found", missing.Message);
        }
    }

    private static HealthCheck ClientLibrary()
    {
        try
        {
            InstalledParts.RequireClientLibrary();
            return new HealthCheck("MQTT library", true, "libmosquitto");
        }
        catch (MessageException missing)
        {
            return new HealthCheck("MQTT library", false, "not found", missing.Message);
        }
    }

    /// <summary>A port that the service itself holds is in use too: whoever asks knows whether one runs.</summary>
    private static async Task<HealthCheck> PortAsync(string name, string host, int port, string remedy)
    {
        string where = string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");
        try
        {
            if (!OwnAddresses.Has(host))
            {
                return new HealthCheck(name, false, $"{host} is no address of this machine now", $"look at its network (ip address), or {remedy.Replace("another one", "another address", StringComparison.Ordinal)}");
            }

            IPAddress address = IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? parsed) ? parsed : IPAddress.Loopback;
            await using SocketListener listener = SocketListener.Tcp(address, port);
            return new HealthCheck(name, true, $"{where} is free");
        }
        catch (IOException)
        {
            return new HealthCheck(name, false, $"{where} is in use", $"end what uses it (perhaps a service that runs already), or {remedy}");
        }
    }

    /// <summary>By the limit at which the service raises its alarm.</summary>
    private static HealthCheck Disk(ServiceConfiguration configuration)
    {
        string existing = configuration.DataFolder;
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { Length: > 0 } parent)
        {
            existing = parent;
        }

        double free = new DriveInfo(existing).AvailableFreeSpace / 1e9;
        double least = configuration.Alarms.DiskFreeGigabytes;
        return new HealthCheck(
            "disk", free >= least, string.Create(CultureInfo.InvariantCulture, $"{free:0.0} GB free for {configuration.DataFolder}, {least:0.###} GB asked for (alarms.disk_free_gb)"),
            "make room, or choose another folder in data");
    }
}
