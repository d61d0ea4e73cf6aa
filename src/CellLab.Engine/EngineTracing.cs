using System.Diagnostics;
using CellLab.Core.Devices;
using CellLab.Core.Jobs;

namespace CellLab.Engine;

/// <summary>Traces of what the Engine does to instruments. Costs nothing while nobody listens to <see cref="SourceName"/>.</summary>
public static class EngineTracing
{
    public const string SourceName = "CellLab.Engine";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>One command to a job, from the call to its confirmation; its outcome is the job's state then, or the refusal.</summary>
    internal static async Task<Job> JobAsync(string command, JobId job, Func<Task<Job>> run)
    {
        using Activity? span = Source.StartActivity(command)?.SetTag("celllab.job", job.Value);
        try
        {
            Job after = await run();
            span?.SetTag("celllab.job.state", after.State.ToString()).SetTag("celllab.sample", after.Sample);
            return after;
        }
        catch (Exception failure)
        {
            span?.SetStatus(ActivityStatusCode.Error, failure.Message);
            throw;
        }
    }

    /// <summary>One exchange with a device.</summary>
    internal static async Task<T> DeviceAsync<T>(string exchange, DeviceId device, Func<Task<T>> run, params (string Name, string Value)[] tags)
    {
        using Activity? span = Source.StartActivity(exchange, ActivityKind.Client)?.SetTag("celllab.device", device.Value);
        foreach ((string name, string value) in tags)
        {
            span?.SetTag(name, value);
        }

        try
        {
            return await run();
        }
        catch (Exception failure)
        {
            span?.SetStatus(ActivityStatusCode.Error, failure.Message);
            throw;
        }
    }
}
