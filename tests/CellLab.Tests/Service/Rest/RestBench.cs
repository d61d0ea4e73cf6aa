using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Engine.Desk;
using CellLab.Messaging;
using CellLab.Service.Access;
using CellLab.Service.Hosting;
using CellLab.Service.Options;
using CellLab.Service.Rest;
using CellLab.Service.Rest.Jobs;
using CellLab.Service.Rest.Observing;
using CellLab.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace CellLab.Tests.Service.Rest;

/// <summary>REST on a free port over a real journal in a folder of its own, with an Engine that the test plays.</summary>
internal sealed class RestBench : IAsyncDisposable
{
    private const string Configuration = """
        {
          "site": "lab1", "node": "bench", "http": { "url": "http://127.0.0.1:0" PROXIES }, "access": { "required": REQUIRED }, ARCHIVE
          "pipelines": [ { "id": "coin-1", "roles": { "cycler": "cycler1.27-1-1" } } ],
          "devices": [ { "id": "cycler1", "driver": "Neware", "simulated": true, "settings": { "current_ranges_ma": [3, 0.1, 1], "max_voltage_v": 5 } } ]
        }
        """;

    private readonly TemporaryFolder folder = new();
    private WebApplication? app;

    private readonly bool loginRequired;

    private readonly bool archive;

    private readonly string? trustedProxy;

    private RestBench(bool loginRequired, bool archive, string? trustedProxy) => (this.loginRequired, this.archive, this.trustedProxy) = (loginRequired, archive, trustedProxy);

    /// <summary>Where users and tokens stand.</summary>
    public AccessFile Users => AccessFile.In(Path.Combine(folder.Path, "data"));

    public Journal Journal { get; private set; } = null!;

    public IExperimentDesk Desk { get; } = Substitute.For<IExperimentDesk>();

    public IMessageClient Broker { get; } = Substitute.For<IMessageClient>();

    public KnownCycles Cycles { get; } = new();

    public CommitMeter Meter { get; } = new();

    public HttpClient Http { get; private set; } = new();

    public static async Task<RestBench> StartAsync(bool loginRequired = false, bool archive = true, string? trustedProxy = null)
    {
        var bench = new RestBench(loginRequired, archive, trustedProxy);
        bench.Desk.ProgressOf(default).ReturnsForAnyArgs((JobProgress?)null);
        bench.Desk.Devices.Returns([]);
        bench.Journal = await Journal.OpenAsync(
            Path.Combine(bench.folder.Path, "data"), Clocks.RealTime, NullLoggerFactory.Instance, CancellationToken.None);
        await bench.OpenAsync();
        return bench;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (app is not null)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }

        await Journal.DisposeAsync();
        folder.Dispose();
    }

    private async Task OpenAsync()
    {
        ServiceConfiguration configuration = ConfigurationFile.Load(folder.Write("celllab.json", Configuration
            .Replace("REQUIRED", loginRequired ? "true" : "false", StringComparison.Ordinal)
            .Replace("PROXIES", trustedProxy is null ? "" : $", \"trusted_proxies\": [\"{trustedProxy}\"]", StringComparison.Ordinal)
            .Replace("ARCHIVE", archive ? "\"archive\": { \"folder\": \"archive\" }," : "", StringComparison.Ordinal)));
        WebApplicationBuilder builder = WebListener.CreateBuilder(configuration);
        builder.Services.AddSingleton(configuration);
        builder.Services.AddSingleton(Clocks.RealTime);
        builder.Services.AddSingleton(new NodeInfo("lab1", "bench", 7, ServiceRoles.Acquisition | ServiceRoles.Dashboard));
        builder.Services.AddSingleton<IJournal>(Journal);
        builder.Services.AddSingleton(Journal.Series);
        builder.Services.AddSingleton(Journal.Archives);
        builder.Services.AddSingleton(Desk);
        builder.Services.AddSingleton(Broker);
        builder.Services.AddSingleton<ICycleSource>(Cycles);
        builder.Services.AddSingleton(Meter);
        builder.Services.AddRest(configuration);
        app = builder.Build();
        app.MapRest(() => { });
        await WebListener.StartAsync(app, configuration, CancellationToken.None);
        Http = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false }) { BaseAddress = new Uri(WebListener.Address(app.Services)) };
    }
}
