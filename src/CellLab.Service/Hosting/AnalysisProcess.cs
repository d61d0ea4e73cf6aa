using CellLab.Messaging;
using CellLab.Service.Access;
using CellLab.Service.AnalysisRole;
using CellLab.Service.Options;

namespace CellLab.Service.Hosting;

/// <summary>A process that only analyses: it listens on MQTT and asks the acquisition over REST, and opens no port of its own.</summary>
internal static class AnalysisProcess
{
    public static async Task RunAsync(ProcessContext context, CancellationToken endToken)
    {
        await using IMessageClient client = BrokerLink.CreateClient(context, BrokerAccounts.Analysis, announcement: null);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(context.Loggers);
        builder.Services.AddSingleton<IHostLifetime, NoSignalLifetime>();
        builder.Services.AddSingleton(context.Clocks);
        builder.Services.AddSingleton<IMessageClient>(client);
        builder.Services.AddAnalysisRole(RoleOptions(context.Configuration));
        using IHost host = builder.Build();
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
}
