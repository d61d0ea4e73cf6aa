using System.Runtime.InteropServices;
using CellLab.Core.Devices;
using CellLab.Engine.Desk;
using CellLab.Engine.Setup;
using CellLab.Service.Access;
using CellLab.Service.Hosting;
using CellLab.Service.Options;

namespace CellLab.Service.Reloading;

/// <summary>Reads the configuration again while cells run: the whole new file is checked first, then everything that can change is changed or nothing is.</summary>
#pragma warning disable CA1001 // the semaphore is never asked for its handle, so there is nothing to dispose of
internal sealed class NodeReload(ProcessContext context, AcquisitionNode node, AuditTrail audit)
#pragma warning restore CA1001
{
    private const string SignalName = "signal HUP";

    private readonly SemaphoreSlim _turn = new(1);

    public RunningConfiguration Running { get; } = new(context.Configuration);

    /// <summary>A hang-up signal reads it again, as services of Linux are used to; its outcome stands in the log.</summary>
    public PosixSignalRegistration OnHangUp() => PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
    {
        signal.Cancel = true;
        _ = Task.Run(ReloadByItselfAsync);
    });

    /// <exception cref="StartRefusedException">The file is wrong; the message names file, line and member. Nothing has changed.</exception>
    /// <exception cref="DeskRefusedException">A live job uses what is to change. Nothing has changed.</exception>
    public async Task<ReloadOutcome> ReloadAsync(string who)
    {
        await _turn.WaitAsync();
        try
        {
            ServiceConfiguration next = ConfigurationFile.Load(context.Configuration.File);
            ConfigurationRules.CheckSpeed(next, context.Clocks.Lab.Speed);
            var change = new ConfigurationChange(Running.Current, next);
            var outcome = new ReloadOutcome(change.Describe(), change.NeedRestart);
            await ApplyAsync(change, next);
            await audit.WriteAsync(who, "config reload", context.Configuration.File, null, outcome.Text, CancellationToken.None);
            Log.Reloaded(node.Logger, who, outcome.Text);
            return outcome;
        }
        catch (Exception refused) when (refused is StartRefusedException or DeskRefusedException)
        {
            await audit.WriteAsync(who, "config reload", context.Configuration.File, null, $"refused: {refused.Message}", CancellationToken.None);
            Log.ReloadRefused(node.Logger, refused.Message);
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task ApplyAsync(ConfigurationChange change, ServiceConfiguration next)
    {
        EngineChange engine = EngineOf(change, next);
        if (!engine.IsEmpty)
        {
            await node.Engine.ReconfigureAsync(engine);
        }

        Running.Take(next);
        if (change.Alarms)
        {
            await node.ExchangeWatchesAsync(Running.Current);
        }

        if (change.Notify)
        {
            await node.ExchangeNotifyAsync(Running.Current);
        }
    }

    /// <summary>The new devices are made, not connected: a driver refuses wrong settings here.</summary>
    private EngineChange EngineOf(ConfigurationChange change, ServiceConfiguration next)
    {
        string[] made = [.. change.AddedDevices, .. change.ChangedDevices];
        return new EngineChange(
            [.. change.RemovedDevices.Concat(change.ChangedDevices).Select(id => new DeviceId(id))],
            [.. from item in next.Devices.Select((entry, index) => (entry, index)) where made.Contains(item.entry.Id)
                select DeviceFactory.Create(item.entry, item.index, context with { Configuration = next })],
            DeviceFactory.Pipelines(next),
            [.. change.RemovedPipelines, .. change.ChangedPipelines, .. change.AddedPipelines]);
    }

    private async Task ReloadByItselfAsync()
    {
        try
        {
            await ReloadAsync(SignalName);
        }
#pragma warning disable CA1031 // nobody waits for it: the log tells
        catch (Exception error)
#pragma warning restore CA1031
        {
            if (error is not (StartRefusedException or DeskRefusedException))
            {
                Log.ReloadRefused(node.Logger, error.Message);
            }
        }
    }
}

/// <param name="Changed">One phrase for each thing that is different now; empty when nothing is.</param>
/// <param name="NeedsRestart">Members that differ in the file and are read at the start alone.</param>
internal sealed record ReloadOutcome(IReadOnlyList<string> Changed, IReadOnlyList<string> NeedsRestart)
{
    public string Text => (Changed.Count > 0 ? string.Join(", ", Changed) : "nothing to change")
        + (NeedsRestart.Count > 0 ? $"; needs a restart: {string.Join(", ", NeedsRestart)}" : "");
}
