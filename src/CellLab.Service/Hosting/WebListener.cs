using System.Net;
using CellLab.Service.Options;
using CellLab.Service.Rest;
using CellLab.Transport.Listeners;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CellLab.Service.Hosting;

/// <summary>Kestrel on the one configured loopback address.</summary>
internal static class WebListener
{
    public static WebApplicationBuilder CreateBuilder(ServiceConfiguration configuration)
    {
        // Empty: no settings from environment variables or stray files may open another address.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        IPEndPoint endPoint = HttpAddress.EndPoint(configuration.HttpUrl);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RestLimits.MaxBodyBytes;
            kestrel.Listen(endPoint);
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
