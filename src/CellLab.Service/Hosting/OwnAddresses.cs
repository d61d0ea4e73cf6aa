using System.Net;
using System.Net.NetworkInformation;
using CellLab.Service.Options;

namespace CellLab.Service.Hosting;

/// <summary>Whether the addresses to listen on are this machine's: otherwise the system's refusal looks like a port that is taken.</summary>
internal static class OwnAddresses
{
    /// <exception cref="StartRefusedException">One is not, or not yet: a cable may be out, or the network not up.</exception>
    public static void Require(ServiceConfiguration configuration)
    {
        Require(configuration, "http.url", configuration.HttpUrl.Host);
        if (configuration.Mqtt.Managed)
        {
            Require(configuration, "mqtt.host", configuration.Mqtt.Host);
        }
    }

    /// <summary>Also for a name, which is not looked up.</summary>
    public static bool Has(string host) =>
        !IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) || IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)
        || NetworkInterface.GetAllNetworkInterfaces().SelectMany(network => network.GetIPProperties().UnicastAddresses).Any(own => own.Address.Equals(address));

    private static void Require(ServiceConfiguration configuration, string member, string host)
    {
        if (!Has(host))
        {
            throw StartRefusedException.At(configuration.File, member, $"{host} is no address of this machine now", "Look at its network (ip address), or name another address");
        }
    }
}
