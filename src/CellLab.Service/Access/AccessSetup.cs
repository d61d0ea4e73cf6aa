using CellLab.Core.Time;
using CellLab.Service.Options;

namespace CellLab.Service.Access;

/// <summary>What REST needs from the container to know its callers, and the order in which a request passes the guards.</summary>
internal static class AccessSetup
{
    public static void AddAccess(this IServiceCollection services, ServiceConfiguration configuration)
    {
        string folder = Path.Combine(configuration.DataFolder, "access");
        services.AddSingleton(configuration.Access);
        services.AddSingleton(AccessFile.In(configuration.DataFolder));
        services.AddSingleton(provider => new AccessBook(
            provider.GetRequiredService<AccessFile>(), provider.GetRequiredService<Clocks>().Wall, provider.GetRequiredService<ILogger<AccessBook>>()));
        services.AddSingleton(provider => new Sessions(
            Path.Combine(folder, "sessions.json"), configuration.Access.SessionLifetime, provider.GetRequiredService<AccessBook>(),
            provider.GetRequiredService<Clocks>().Wall, provider.GetRequiredService<ILogger<Sessions>>()));
        services.AddSingleton(new SessionCookie(configuration.HttpUrl));
        services.AddSingleton(new NodeKey(configuration.DataFolder));
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<AccessGate>();
        services.AddRequestRates(configuration.Access);
    }

    public static void UseAccess(this WebApplication app)
    {
        AccessGate gate = app.Services.GetRequiredService<AccessGate>();
        app.UseRateLimiter();
        app.Use(async (context, next) =>
        {
            await gate.CheckAsync(context);
            await next(context);
        });
    }
}
