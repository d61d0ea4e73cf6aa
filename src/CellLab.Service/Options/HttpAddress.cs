using System.Net;
using CellLab.Service.Hosting;

namespace CellLab.Service.Options;

/// <summary>The address the service listens on: plain HTTP on loopback alone, TLS on any.</summary>
internal static class HttpAddress
{
    public static Uri Parse(string file, string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https") || url.PathAndQuery != "/")
        {
            throw StartRefusedException.At(file, "http.url", $"'{text}' is not an http address", "Write for example http://127.0.0.1:8070");
        }

        if (url.Scheme == Uri.UriSchemeHttp && !IsLoopback(url.Host))
        {
            throw StartRefusedException.At(
                file,
                "http.url",
                $"'{url.Host}' is not a loopback address, and what crosses that network could be read and changed by everybody on it",
                "Use https with http.certificate and users (celllab user add), or 127.0.0.1, [::1] or localhost with a tunnel such as ssh -L; "
                    + "see docs/how-to/safe-remote-access.md");
        }

        return IsLoopback(url.Host) || IPAddress.TryParse(url.Host.Trim('[', ']'), out _)
            ? url
            : throw StartRefusedException.At(
                file, "http.url", $"'{url.Host}' is a name", "Write the address to listen on, as 0.0.0.0 for all of this machine, and the name in http.names");
    }

    /// <summary>The address Kestrel binds: <c>localhost</c> stands for 127.0.0.1.</summary>
    public static IPEndPoint EndPoint(Uri url) =>
        new(IPAddress.TryParse(url.Host.Trim('[', ']'), out IPAddress? address) ? address : IPAddress.Loopback, url.Port);

    public static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
}
