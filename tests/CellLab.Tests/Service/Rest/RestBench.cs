using CellLab.Analysis.Cycling;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Engine.Desk;
using CellLab.Messaging;
using CellLab.Service.Hosting;
using CellLab.Service.Options;
using CellLab.Service.Rest;
using CellLab.Service.Rest.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CellLab.Tests.Service.Rest;

/// <summary>REST on a free port over a given journal, with an Engine that the test plays.</summary>
internal sealed class RestBench : IAsyncDisposable
{
    private const string Configuration = """
        {
          "site": "lab1", "node": "bench", "http": { "url": "http://127.0.0.1:0" },
          "pipelines": [ { "id": "coin-1", "roles": { "cycler": "cycler1.27-1-1" } } ],
          "devices": [ { "id": "cycler1", "driver": "Neware", "simulated": true } ]
        }
        """;

    private readonly TemporaryFolder folder = new();
    private WebApplication? app;

    private RestBench(IJournal journal) => Journal = journal;

    public IJournal Journal { get; }

    public IExperimentDesk Desk { get; } = Substitute.For<IExperimentDesk>();

    public IMessageClient Broker { get; } = Substitute.For<IMessageClient>();

    public ICycleSource Cycles { get; } = Substitute.For<ICycleSource>();

    public HttpClient Http { get; private set; } = new();

    public static async Task<RestBench> StartAsync(IJournal journal, CancellationToken cancellationToken)
    {
        var bench = new RestBench(journal);
        bench.Cycles.ReadCyclesAsync(default, default).ReturnsForAnyArgs(Array.Empty<CycleResult>());
        bench.Cycles.CountAnalysedAsync(default, default).ReturnsForAnyArgs((long?)null);
        bench.Desk.ProgressOf(default).ReturnsForAnyArgs((JobProgress?)null);
        await bench.OpenAsync(cancellationToken);
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

        folder.Dispose();
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        ServiceConfiguration configuration = ConfigurationFile.Load(folder.Write("celllab.json", Configuration));
        WebApplicationBuilder builder = WebListener.CreateBuilder(configuration);
        builder.Services.AddSingleton(configuration);
        builder.Services.AddSingleton(Clocks.RealTime);
        builder.Services.AddSingleton(new NodeInfo("lab1", "bench", 7, ServiceRoles.Acquisition | ServiceRoles.Dashboard));
        builder.Services.AddSingleton(Journal);
        builder.Services.AddSingleton(Desk);
        builder.Services.AddSingleton(Broker);
        builder.Services.AddSingleton(Cycles);
        builder.Services.AddRest();
        app = builder.Build();
        app.MapRest();
        await WebListener.StartAsync(app, configuration, cancellationToken);
        Http = new HttpClient { BaseAddress = new Uri(WebListener.Address(app.Services)) };
    }
}
