using CellLab.Core.Time;

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
    private static HttpClient CreateClient(AnalysisRoleOptions options) => new(new SocketsHttpHandler { UseProxy = false })
    {
        BaseAddress = new Uri(options.ServiceUrl, "/"),
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
