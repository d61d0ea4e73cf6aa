using System.Net;
using CellLab.Service.Options;

namespace CellLab.Service.Rest;

/// <summary>Keeps web pages of other origins away: the Host header must name loopback or a configured name (a page that rebinds its own name to our address carries that
/// name), and a browser's Origin must be this service itself.</summary>
internal sealed class OriginGuard(ServiceConfiguration configuration)
{
    private readonly bool beyondLoopback = !HttpAddress.IsLoopback(configuration.HttpUrl.Host);

    public void Check(HttpContext context)
    {
        string host = context.Request.Host.Host;
        if (!Serves(host))
        {
            string names = string.Join(", ", configuration.Http.Names.Prepend("127.0.0.1, [::1] or localhost"));
            throw new RestProblemException(
                StatusCodes.Status421MisdirectedRequest, $"Host '{host}' is not served here.", null, $"Address the service as {names}.");
        }

        string origin = context.Request.Headers.Origin.ToString();
        if (origin.Length > 0 && !IsOwn(origin, context.Request.Host))
        {
            throw new RestProblemException(
                StatusCodes.Status403Forbidden, $"Requests from pages of '{origin}' are not accepted.", null, "Use a program, or a page of this service.");
        }
    }

    /// <summary>A number is nobody's name: it cannot be rebound.</summary>
    private bool Serves(string host) => HttpAddress.IsLoopback(host)
        || configuration.Http.Names.Contains(host, StringComparer.OrdinalIgnoreCase)
        || (beyondLoopback && IPAddress.TryParse(host.Trim('[', ']'), out _));

    /// <summary>A proxy may speak TLS where we do not; the name is what counts.</summary>
    private static bool IsOwn(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out Uri? url) && url.Scheme is ("http" or "https")
        && string.Equals(url.Authority, host.Value, StringComparison.OrdinalIgnoreCase);
}
