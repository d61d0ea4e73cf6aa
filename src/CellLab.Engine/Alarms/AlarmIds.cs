using CellLab.Core.Devices;
using CellLab.Core.Jobs;

namespace CellLab.Engine.Alarms;

/// <summary>Names of the Engine's alarm sources. Ids are safe in topics.</summary>
internal static class AlarmIds
{
    public static string Device(DeviceId device) => $"device-{device}";

    public static string NoData(JobId job) => $"no-data-{job}";

    public static string Limit(JobId job) => $"limit-{job}";

    public static string Contact(JobId job) => $"bad-contact-{job}";

    public static string Held(JobId job) => $"held-{job}";

    public static string Start(JobId job) => $"start-{job}";

    public static string Stop(JobId job) => $"stop-{job}";

    /// <summary>An output that the service steps.</summary>
    public static string Output(ChannelAddress channel) => $"output-{channel.Device}-{channel.Channel}";

    public static string Overrun(JobId job) => $"overrun-{job}";

    public static string Data(JobId job) => $"data-{job}";

    /// <summary>A step of another instrument or a person.</summary>
    public static string Stage(JobId job) => $"stage-{job}";

    public const string PipelinePrefix = "pipeline-";

    /// <summary>A role of a pipeline whose channel the device does not show.</summary>
    public static string Pipeline(string pipeline, string role) => $"{PipelinePrefix}{pipeline}-{role}";

    public static string Trigger(JobId job) => $"trigger-{job}";

    /// <summary>The mass spectrometer beside a job, and its valves.</summary>
    public static string Gas(JobId job) => $"gas-{job}";

    /// <summary>An instrument without which the job goes on.</summary>
    public static string Without(JobId job, string role) => $"without-{role}-{job}";

    public const string Storage = "storage";
}
