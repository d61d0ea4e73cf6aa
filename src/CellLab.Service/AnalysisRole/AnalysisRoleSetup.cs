using CellLab.Core.Time;

namespace CellLab.Service.AnalysisRole;

public static class AnalysisRoleSetup
{
    /// <summary>Adds the analysis role. It takes <see cref="Clocks"/> and one started <c>IMessageClient</c> from the container.</summary>
    public static IServiceCollection AddAnalysisRole(this IServiceCollection services, AnalysisRoleOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<IJobSource>(provider => new RestJobSource(
            new HttpClient { BaseAddress = new Uri(options.ServiceUrl, "/"), Timeout = Timeout.InfiniteTimeSpan },
            options.RequestTimeout,
            provider.GetRequiredService<Clocks>().Wall));
        services.AddHostedService<AnalysisRoleService>();
        return services;
    }
}
