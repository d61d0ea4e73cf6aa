using CellLab.Core.Storage;
using CellLab.Engine.Desk;
using CellLab.Messaging.Broker;
using CellLab.Service.Options;
using CellLab.Service.Reloading;
using Serilog.Extensions.Logging;

namespace CellLab.Service.Hosting;

/// <summary>The service as one call: reads the configuration, puts the parts together, runs until it is told to end.</summary>
public static class ServiceHost
{
    /// <summary>Returns the process's exit code: 0 after an orderly end, 1 when the start was refused or an output could not be confirmed off at the end (the reason stands on
    /// <see cref="ServeOptions.Error"/>, one line first).</summary>
    public static async Task<int> RunAsync(ServeOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await RunCheckedAsync(options, cancellationToken);
            return 0;
        }
        catch (Exception refused) when (refused is StartRefusedException or StorageException or BrokerException or DeskRefusedException or EndedUnsafelyException)
        {
            await options.Error.WriteLineAsync(refused.Message);
            return 1;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0; // told to end while it was still starting
        }
    }

    private static async Task RunCheckedAsync(ServeOptions options, CancellationToken cancellationToken)
    {
        ServiceConfiguration configuration = ConfigurationFile.Load(options.ConfigFile);
        CheckRoles(options.Roles);
        using LabTime labTime = LabTime.Open(options.ClockFile);
        ConfigurationRules.CheckSpeed(configuration, labTime.Clocks.Lab.Speed);
        if (options.Roles.HasFlag(ServiceRoles.Acquisition))
        {
            AccessRules.RefuseWithoutUsers(configuration);
            OwnAddresses.Require(configuration);
            await WebListener.RefuseTakenPortAsync(configuration);
            BrokerLink.RefuseUnusable(configuration);
        }

        DataFolder.Prepare(configuration);
        await using Serilog.Core.Logger log = LoggingSetup.Create(configuration.DataFolder, string.Join('-', options.Roles.Names()));
        using var loggers = new SerilogLoggerFactory(log);
        using var ending = new EndOfService(options, cancellationToken);
        var context = new ProcessContext(RunningConfiguration.Changeable(configuration), options, labTime.Clocks, loggers);
        if (options.Roles.HasFlag(ServiceRoles.Acquisition))
        {
            await AcquisitionProcess.RunAsync(context, ending.Token);
        }
        else
        {
            await AnalysisProcess.RunAsync(context, ending.Token);
        }
    }

    private static void CheckRoles(ServiceRoles roles)
    {
        if (roles.HasFlag(ServiceRoles.Dashboard) && !roles.HasFlag(ServiceRoles.Acquisition))
        {
            throw new StartRefusedException("--role: dashboard shows what acquisition does in the same process. Add acquisition, or leave dashboard out.");
        }
    }
}
