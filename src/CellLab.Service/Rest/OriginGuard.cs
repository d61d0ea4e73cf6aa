using CellLab.Service.Options;

namespace CellLab.Service.Rest;

/// <summary>Keeps web pages of other origins away from a service that trusts its own machine: the Host header must name loopback (a page that
/// rebinds its own name to 127.0.0.1 carries that name), and a browser's Origin must be this service itself.</summary>
internal static class OriginGuard
{
    public static void Check(HttpContext context)
    {
        string host = context.Request.Host.Host;
        if (!HttpAddress.IsLoopback(host))
        {
            throw new RestProblemException(
                StatusCodes.Status421MisdirectedRequest, $"Host '{host}' is not served here.", null, "Address the service as 127.0.0.1, [::1] or localhost.");
        }

        string origin = context.Request.Headers.Origin.ToString();
        if (origin.Length > 0 && !IsOwn(origin, context.Request.Host))
        {
            throw new RestProblemException(
                StatusCodes.Status403Forbidden, $"Requests from pages of '{origin}' are not accepted.", null, "Use a program, or a page of this service.");
        }
    }

    private static bool IsOwn(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out Uri? url) && url.Scheme == Uri.UriSchemeHttp
        && string.Equals(url.Authority, host.Value, StringComparison.OrdinalIgnoreCase);
}
