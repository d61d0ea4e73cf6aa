using System.CommandLine;
using CellLab.Cli.Text;
using CellLab.Core.Devices;
using CellLab.Service.Offline.Instruments;

namespace CellLab.Cli.Verbs;

/// <summary>What the verbs share that talk to a device themselves.</summary>
internal static class DirectOptions
{
    public static Option<string?> Config() => new("--config") { Description = "Configuration that the device stands in; default: config/celllab.json" };

    public static string File(CliEnvironment environment, string? given) => given ?? Path.Combine(Installation.Folder(environment), "config", "celllab.json");

    /// <summary>What goes wrong becomes one sentence and exit code 1.</summary>
    public static async Task<T> UseAsync<T>(string device, Func<Task<T>> use)
    {
        try
        {
            return await use();
        }
        catch (DirectDeviceException refused)
        {
            throw CliException.Failed(refused.Message);
        }
        catch (DeviceFaultException fault)
        {
            throw CliException.Failed($"{fault.Message} ({fault.Kind})");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw CliException.Failed($"device {device}: {failure.Message}");
        }
    }
}
