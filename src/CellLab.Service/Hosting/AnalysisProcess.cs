using CellLab.Messaging;
using CellLab.Service.Access;
using CellLab.Service.AnalysisRole;
using CellLab.Service.Options;
using CellLab.Service.Telemetry;

namespace CellLab.Service.Hosting;

/// <summary>A process that only analyses: it listens on MQTT and asks the acquisition over REST, and opens no port of its own.</summary>
internal static class AnalysisProcess
{
    public static async Task RunAsync(ProcessContext context, CancellationToken endToken)
    {
        await using IMessageClient plain = BrokerLink.CreateClient(context, BrokerAccounts.Analysis, announcement: null);
        IMessageClient client = context.Configuration.Telemetry is { Traces: true } ? new TracedMessageClient(plain) : plain;
        AnalysisRoleOptions role = RoleOptions(context.Configuration);
        await using TelemetryExport? telemetry = Telemetry(context, role, client);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(context.Loggers);
        builder.Services.AddSingleton<IHostLifetime, NoSignalLifetime>();
        builder.Services.AddSingleton(context.Clocks);
        builder.Services.AddSingleton(client);
        builder.Services.AddAnalysisRole(role);
        using IHost host = builder.Build();
        telemetry?.Start();
        client.Start();
        await host.StartAsync(endToken);
        await context.Options.Output.WriteLineAsync(
            $"CellLab {NodeInfo.Version}  analysis of node {context.Configuration.Site}/{context.Configuration.Node}, service {context.Configuration.Http.LocalUrl}");
        await context.Options.Output.FlushAsync(CancellationToken.None);
        await using var manager = ServiceManager.Ready(Environment.GetEnvironmentVariable, context.Clocks.Wall);
        await Ending.WaitAsync(endToken);
        manager.Stopping();
        await host.StopAsync(CancellationToken.None);
    }

    public static AnalysisRoleOptions RoleOptions(ServiceConfiguration configuration) => new()
    {
        Site = configuration.Site,
        ServiceUrl = configuration.Http.LocalUrl,
        Certificate = configuration.Http.Certificate,
        Key = NodeKey.Read(configuration.DataFolder),
        DataFolder = configuration.DataFolder,
    };

    /// <summary>As an instance of its own beside the acquisition: both tell figures of their process.</summary>
    private static TelemetryExport? Telemetry(ProcessContext context, AnalysisRoleOptions role, IMessageClient client)
    {
        ServiceConfiguration configuration = context.Configuration;
        var instance = new NodeInfo(configuration.Site, $"{configuration.Node}/analysis", 0, context.Options.Roles);
        return configuration.Telemetry is { } settings
            ? new TelemetryExport(
                settings, instance, new AnalysisFigures(role.Meter, client).ReadAsync, commits: null, context.Clocks.Wall, context.Loggers.CreateLogger<TelemetryExport>())
            : null;
    }
}
