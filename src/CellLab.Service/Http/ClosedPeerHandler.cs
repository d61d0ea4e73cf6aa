using System.ComponentModel;

namespace CellLab.Service.Http;

/// <summary>A peer that is gone again between its "connected" and the first request (a service that starts or ends just then) makes the framework's
/// handler throw the socket's own exception. It is what every other lost connection is: a failed request.</summary>
public sealed class ClosedPeerHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (Win32Exception gone)
        {
            throw Closed(gone);
        }
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return base.Send(request, cancellationToken);
        }
        catch (Win32Exception gone)
        {
            throw Closed(gone);
        }
    }

    private static HttpRequestException Closed(Win32Exception gone) =>
        new(HttpRequestError.ConnectionError, $"the connection was closed at once ({gone.Message})", gone);
}
