using CellLab.Service.Rest;

namespace CellLab.Service.Reloading;

/// <summary><c>POST node/reload</c>: an admin's.</summary>
internal static class ReloadEndpoint
{
    public static void MapReload(this RouteGroupBuilder api) =>
        api.MapPost("/node/reload", ReloadAsync).WithSummary("Reads the configuration file again and puts in force what can change while cells run");

    private static Task<ReloadOutcome> ReloadAsync(HttpContext context, IServiceProvider services) =>
        services.GetRequiredService<NodeReload>().ReloadAsync(Caller.Of(context));
}
