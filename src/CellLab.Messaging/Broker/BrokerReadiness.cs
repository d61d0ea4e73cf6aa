using System.Net;
using System.Net.Sockets;

namespace CellLab.Messaging.Broker;

/// <summary>What keeps a managed broker from starting, asked before anything is written, so that a refused start leaves nothing behind.</summary>
public static class BrokerReadiness
{
    /// <summary>Where a broker has run on the same state folder before, its port is not looked at: the broker of a service that was just killed may hold it
    /// for a moment yet, which <see cref="BrokerSupervisor.StartAsync"/> waits for.</summary>
    /// <exception cref="BrokerException">No executable, no loopback address, port in use.</exception>
    public static void Require(BrokerKind kind, BrokerOptions options, string stateFolder)
    {
        if (!options.Managed)
        {
            return;
        }

        RequireLoopback(options);
        if (kind == BrokerKind.Mosquitto)
        {
            BrokerExecutable.Find(options.Executable);
        }

        if (!Directory.Exists(BrokerFiles.In(stateFolder).Folder) && IsTaken(options))
        {
            throw PortInUse(options);
        }
    }

    internal static void RequireLoopback(BrokerOptions options)
    {
        bool guarded = options.Access is { Certificate: not null, AnonymousMayRead: false } && IPAddress.TryParse(options.Host, out _);
        bool loopback = options.Host == "localhost" || (IPAddress.TryParse(options.Host, out IPAddress? address) && IPAddress.IsLoopback(address));
        if (!loopback && !guarded)
        {
            throw new BrokerException(
                $"mqtt.host: expected a loopback address for the managed broker, found '{options.Host}'; "
                + "use 127.0.0.1, or https with a PEM certificate in http.certificate (mqtt.host is an address in numbers then), or mqtt.managed false for a broker that others may reach");
        }
    }

    internal static PortInUseException PortInUse(BrokerOptions options) => new(FormattableString.Invariant(
        $"the MQTT port {options.Host}:{options.Port} is in use by another program; stop that program or set mqtt.port to a free port"));

    /// <summary>What else may keep the port from being bound is for the broker to say.</summary>
    private static bool IsTaken(BrokerOptions options)
    {
        IPAddress host = IPAddress.TryParse(options.Host, out IPAddress? address) ? address : IPAddress.Loopback;
        using var socket = new Socket(host.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(host, options.Port));
            socket.Listen();
            return false;
        }
        catch (SocketException error)
        {
            return error.SocketErrorCode == SocketError.AddressAlreadyInUse;
        }
    }
}
