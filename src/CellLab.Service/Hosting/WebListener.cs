using System.Net;
using CellLab.Service.Options;
using CellLab.Service.Rest;
using CellLab.Transport.Listeners;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CellLab.Service.Hosting;

/// <summary>Kestrel on the one configured address. Its limits keep a connection that says nothing, or says it very slowly, from staying.</summary>
internal static class WebListener
{
    private const int MostConnections = 4096;
    private const int LongestHeaders = 16 * 1024;

    private static readonly TimeSpan HeadersLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(60);

    /// <param name="certificate">Of <c>https</c>; null for plain HTTP on loopback.</param>
    public static WebApplicationBuilder CreateBuilder(ServiceConfiguration configuration, ServerCertificate? certificate = null)
    {
        // Empty: no settings from environment variables or stray files may open another address.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        IPEndPoint endPoint = HttpAddress.EndPoint(configuration.HttpUrl);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RestLimits.MaxBodyBytes;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.MaxRequestHeadersTotalSize = LongestHeaders;
            kestrel.Limits.RequestHeadersTimeout = HeadersLimit;
            kestrel.Limits.KeepAliveTimeout = IdleLimit;
            kestrel.Listen(endPoint, listen =>
            {
                if (certificate is not null)
                {
                    listen.UseHttps(https => https.ServerCertificateSelector = (_, _) => certificate.Current);
                }
            });
        });
        return builder;
    }

    /// <summary>Asked before the data folder is made, so that a refused start leaves nothing behind.</summary>
    /// <exception cref="StartRefusedException">The port is taken.</exception>
    public static async Task RefuseTakenPortAsync(ServiceConfiguration configuration)
    {
        IPEndPoint endPoint = HttpAddress.EndPoint(configuration.HttpUrl);
        try
        {
            await using SocketListener free = SocketListener.Tcp(endPoint.Address, endPoint.Port);
        }
        catch (IOException)
        {
            throw PortTaken(configuration);
        }
    }

    /// <exception cref="StartRefusedException">The port is taken.</exception>
    public static async Task StartAsync(IHost host, ServiceConfiguration configuration, CancellationToken cancellationToken)
    {
        try
        {
            await host.StartAsync(cancellationToken);
        }
        catch (IOException error) when (error.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw PortTaken(configuration);
        }
    }

    /// <summary>The address as bound, which tells the port where the configuration left it open.</summary>
    public static string Address(IServiceProvider services) =>
        services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "";

    private static StartRefusedException PortTaken(ServiceConfiguration configuration) => StartRefusedException.At(
        configuration.File, "http.url", $"{configuration.HttpUrl.Authority} is in use by another program", "End that program, or choose another port");
}
