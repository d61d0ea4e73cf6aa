using System.Runtime.InteropServices;
using CellLab.Engine.Hosted;
using CellLab.Service.AnalysisRole;
using CellLab.Service.Dashboard;
using CellLab.Service.Rest;

namespace CellLab.Service.Hosting;

/// <summary>The process that drives the instruments and serves REST, with the analysis in it when that role is asked for.</summary>
internal static class AcquisitionProcess
{
    public static async Task RunAsync(ProcessContext context, CancellationToken endToken)
    {
        await using AcquisitionNode node = await AcquisitionNode.OpenAsync(context, endToken);
        var gate = new StartGate();
        await using WebApplication app = Build(context, node, gate);
        await WebListener.StartAsync(app, context.Configuration, endToken);
        await node.StartAsync(endToken);
        gate.Open();
        string address = WebListener.Address(app.Services);
        Banner.Started(context, node.Info, address);
        Log.Started(node.Logger, NodeInfo.Version, node.Info.Site, node.Info.Node, node.Info.StartNumber, node.Info.Roles, address);

        using PosixSignalRegistration reload = node.Reload.OnHangUp();
        await using var manager = ServiceManager.Ready(Environment.GetEnvironmentVariable, context.Clocks.Wall);
        context.Options.Interrupts.Arm(() => Banner.InterruptRefusal(node.Engine.SteppedCells));
        await Ending.WaitAsync(endToken);
        context.Options.Interrupts.Disarm();
        manager.Stopping();
        gate.Close(); // no new job, no resume
        IReadOnlyList<ParkedCell> parked = await node.Engine.ParkAsync("the service was ended; the cell was opened");
        IReadOnlyList<string> running = node.Engine.RunningCells;
        Banner.Stopping(context, running, parked);
        int unconfirmed = parked.Count(cell => !cell.Confirmed);
        Log.Stopping(node.Logger, running.Count, parked.Count, unconfirmed);
        await app.StopAsync(CancellationToken.None);
        RefuseSilence(parked);
    }

    /// <summary>An output that may still be on is no orderly end: the exit code says so too.</summary>
    private static void RefuseSilence(IReadOnlyList<ParkedCell> parked)
    {
        if (parked.Where(cell => !cell.Confirmed).Select(cell => cell.Text).ToList() is { Count: > 0 } open)
        {
            throw new EndedUnsafelyException($"CellLab has ended, but {open.Count} output(s) are NOT confirmed off: {string.Join("; ", open)}");
        }
    }

    private static WebApplication Build(ProcessContext context, AcquisitionNode node, StartGate gate)
    {
        ServerCertificate? certificate = context.Configuration.Http.Certificate is { } entry
            ? new ServerCertificate(context.Configuration, entry, context.Clocks.Wall, context.Loggers.CreateLogger<ServerCertificate>())
            : null;
        WebApplicationBuilder builder = WebListener.CreateBuilder(context.Configuration, certificate);
        builder.Services.AddSingleton(context.Loggers);
        builder.Services.AddSingleton<IHostLifetime, NoSignalLifetime>();
        node.AddTo(builder.Services);
        builder.Services.AddRest(context.Configuration);
        if (context.Options.Roles.HasFlag(ServiceRoles.Analysis))
        {
            builder.Services.AddAnalysisRole(AnalysisProcess.RoleOptions(context.Configuration));
        }

        WebApplication app = builder.Build();
        app.MapRest(gate.Check);
        if (context.Options.Roles.HasFlag(ServiceRoles.Dashboard))
        {
            app.MapPage();
        }

        return app;
    }
}
