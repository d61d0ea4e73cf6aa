namespace CellLab.Service.Rest;

/// <summary>The table of contents of <c>/api/v1</c>: what REST needs from the container, and which resources there are.</summary>
internal static class RestSetup
{
    public static void AddRest(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options => RestJson.Configure(options.SerializerOptions));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddProblemDetails();
        services.AddExceptionHandler<ProblemWriter>();
        services.AddOpenApi();
        services.AddRoutingCore();
        services.AddRouting();
    }

    public static void MapRest(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { SuppressDiagnosticsCallback = static _ => true });
        app.UseStatusCodePages();
        app.Use(static async (context, next) =>
        {
            OriginGuard.Check(context);
            await next(context);
        });
        app.MapOpenApi("/openapi/{documentName}.json");
        RouteGroupBuilder api = app.MapGroup("/api/v1");
        api.MapStatus();
    }
}
