using CellLab.Service.Access;
using CellLab.Service.Dashboard;
using CellLab.Service.Options;
using CellLab.Service.Publishing;
using CellLab.Service.Reloading;
using CellLab.Service.Rest.Bench;
using CellLab.Service.Rest.Jobs;
using CellLab.Service.Rest.Observing;
using CellLab.Service.Rest.Protocols;
using CellLab.Service.Rest.Samples;
using CellLab.Service.Rest.Series;
using CellLab.Service.Rest.Streaming;
using CellLab.Service.Telemetry;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CellLab.Service.Rest;

/// <summary>The table of contents of <c>/api/v1</c>: what REST needs from the container, and which resources there are.</summary>
internal static class RestSetup
{
    public static void AddRest(this IServiceCollection services, ServiceConfiguration configuration)
    {
        services.ConfigureHttpJsonOptions(options => RestJson.Configure(options.SerializerOptions));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddProblemDetails(options => options.CustomizeProblemDetails = ProblemHints.Complete);
        services.AddExceptionHandler<ProblemWriter>();
        services.AddOpenApi();
        services.AddRouting();
        services.AddAccess(configuration);
        services.AddSingleton<OriginGuard>();
        services.AddSingleton<NodeFigures>();
        services.AddSingleton<JobPresenter>();
        services.TryAddSingleton(new RunningConfiguration(configuration));
        services.AddSingleton<JobPlans>();
        services.AddSingleton<JobExports>();
        services.AddSingleton<ArchiveDesk>();
        services.AddSingleton<ProtocolLibrary>();
        services.AddSingleton<SampleBook>();
        services.AddSingleton<SampleChoice>();
        services.AddSingleton<JobSubmission>();
        services.AddSingleton<JobSubmitEndpoint>();
        services.AddSingleton<ProtocolRequestReader>();
        services.AddSingleton<ChangeHub>();
        services.AddSingleton<ChangePresenter>();
    }

    /// <param name="checkStarted">Throws while the node is still starting; the health of the process is answered all the same.</param>
    public static void MapRest(this WebApplication app, Action checkStarted)
    {
        app.UseRequestTracing();
        app.UseTrustedProxies(app.Services.GetRequiredService<ServiceConfiguration>());
        app.Use(static (context, next) =>
        {
            SecurityHeaders.Promise(context);
            return next(context);
        });
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        OriginGuard origins = app.Services.GetRequiredService<OriginGuard>();
        app.Use((context, next) =>
        {
            origins.Check(context);
            return next(context);
        });
        app.UseWhen(
            static context => context.Request.Path != "/health/live" && !PageEndpoints.IsPage(context),
            branch => branch.Use((context, next) =>
            {
                checkStarted();
                return next(context);
            }));
        app.UseAccess();
        app.MapHealth();
        app.MapMetrics();
        app.MapOpenApi("/openapi/{documentName}.json");
        RouteGroupBuilder api = app.MapGroup("/api/v1");
        api.MapSession();
        api.MapStatus();
        api.MapBench();
        api.MapSamples();
        api.MapProtocols();
        api.MapPreview();
        JobSubmitEndpoint.Map(api);
        api.MapJobReading();
        api.MapCapacity();
        api.MapSeries();
        api.MapPlan();
        api.MapLibrary();
        api.MapRecords();
        api.MapAnalysis();
        api.MapExports();
        api.MapArchive();
        api.MapReload();
        api.MapLabels();
        api.MapJobCommands();
        api.MapAlarms();
        api.MapAudit();
        api.MapEventStream();
    }
}
