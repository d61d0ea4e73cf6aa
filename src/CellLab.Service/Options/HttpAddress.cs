using System.Net;
using CellLab.Service.Hosting;

namespace CellLab.Service.Options;

/// <summary>The address the service listens on: plain HTTP on loopback alone, since there are no users and no TLS to guard any other.</summary>
internal static class HttpAddress
{
    public static Uri Parse(string file, string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || url.Scheme != Uri.UriSchemeHttp || url.PathAndQuery != "/")
        {
            throw StartRefusedException.At(file, "http.url", $"'{text}' is not an http address", "Write for example http://127.0.0.1:8070");
        }

        return IsLoopback(url.Host)
            ? url
            : throw StartRefusedException.At(
                file,
                "http.url",
                $"'{url.Host}' is not a loopback address, and everybody on that network could command the instruments",
                "Use 127.0.0.1, [::1] or localhost; for another machine use a tunnel such as ssh -L");
    }

    /// <summary>The address Kestrel binds: <c>localhost</c> stands for 127.0.0.1.</summary>
    public static IPEndPoint EndPoint(Uri url) =>
        new(IPAddress.TryParse(url.Host.Trim('[', ']'), out IPAddress? address) ? address : IPAddress.Loopback, url.Port);

    public static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
}
