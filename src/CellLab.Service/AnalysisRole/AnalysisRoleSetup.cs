using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using CellLab.Core.Time;
using CellLab.Service.Hosting;
using CellLab.Service.Http;

namespace CellLab.Service.AnalysisRole;

public static class AnalysisRoleSetup
{
    /// <summary>Adds the analysis role. It takes <see cref="Clocks"/> and one started <c>IMessageClient</c> from the container.</summary>
    public static IServiceCollection AddAnalysisRole(this IServiceCollection services, AnalysisRoleOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<IJobSource>(provider => new RestJobSource(
            CreateClient(options),
            options.Site,
            options.RequestTimeout,
            provider.GetRequiredService<Clocks>().Wall));
        services.AddHostedService<AnalysisRoleService>();
        return services;
    }

    /// <summary>The service is a neighbour: a proxy of the environment is not for it. Time-outs are kept by wall time at each request.</summary>
    private static HttpClient CreateClient(AnalysisRoleOptions options)
    {
        var handler = new SocketsHttpHandler { UseProxy = false };
        if (options.Certificate is { } own)
        {
            // Read anew for each connection: it is renewed while we run. It names the laboratory, not the loopback address that we use.
            handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) =>
            {
                using X509Certificate2 expected = ServerCertificate.Load(own);
                return shown is not null && expected.RawData.AsSpan().SequenceEqual(shown.GetRawCertData());
            };
        }

        var client = new HttpClient(new ClosedPeerHandler(handler)) { BaseAddress = new Uri(options.ServiceUrl, "/"), Timeout = Timeout.InfiniteTimeSpan };
        if (options.Key is { } key)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        return client;
    }
}
