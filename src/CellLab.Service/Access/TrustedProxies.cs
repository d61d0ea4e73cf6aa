using CellLab.Service.Options;
using Microsoft.AspNetCore.HttpOverrides;

namespace CellLab.Service.Access;

/// <summary>Takes the caller's address from <c>X-Forwarded-For</c> when a configured proxy says it, so that rates are counted and logins told by it. Whoever else sends
/// that header is seen by his own address.</summary>
internal static class TrustedProxies
{
    public static void UseTrustedProxies(this WebApplication app, ServiceConfiguration configuration)
    {
        if (configuration.Http.TrustedProxies.Count == 0)
        {
            return;
        }

        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = null };
        options.KnownProxies.Clear(); // the framework's own list trusts this machine
        options.KnownIPNetworks.Clear();
        foreach (System.Net.IPNetwork network in configuration.Http.TrustedProxies)
        {
            options.KnownIPNetworks.Add(network);
        }

        app.UseForwardedHeaders(options);
    }
}
