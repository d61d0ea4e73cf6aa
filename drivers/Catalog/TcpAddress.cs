namespace CellLab.Drivers.Catalog;

/// <summary>The part of <c>connection</c> that every TCP instrument shares: <c>kind, host, port</c>.</summary>
public static class TcpAddress
{
    /// <summary>Null, with errors collected, when it cannot be made.</summary>
    public static Uri? Read(SettingsReader connection, int defaultPort)
    {
        string kind = connection.Text("kind") ?? "tcp";
        if (kind != "tcp")
        {
            connection.Fail("kind", $"this instrument is reached over tcp, found '{kind}'");
        }

        return ReadPlace(connection, defaultPort) is { } place ? new UriBuilder("tcp", place.Host, place.Port).Uri : null;
    }

    /// <summary>The machine and its port alone.</summary>
    internal static (string Host, int Port)? ReadPlace(SettingsReader connection, int defaultPort)
    {
        string host = connection.RequiredText("host", "the name or address of the machine that answers");
        int port = connection.Integer("port", defaultPort, 1, 65535);
        if (host.Length == 0)
        {
            return null;
        }

        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
        {
            connection.Fail("host", $"'{host}' is not the name or address of a machine");
            return null;
        }

        return (host, port);
    }
}
