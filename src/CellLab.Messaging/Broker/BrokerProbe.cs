using System.Net.Sockets;

namespace CellLab.Messaging.Broker;

/// <summary>Asks whether somebody listens on a Unix socket.</summary>
internal static class BrokerProbe
{
    public static bool Answers(string socketPath)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(socketPath));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
