using CellLab.Core.Devices;
using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Engine.Desk;
using CellLab.Messaging;

namespace CellLab.Service.Rest.Observing;

/// <summary><c>/metrics</c>: the node in figures for Prometheus.</summary>
internal static class MetricsEndpoint
{
    public static void MapMetrics(this WebApplication app) => app.MapGet("/metrics", ReadAsync).WithSummary("Figures in the Prometheus text format");

    private static async Task<IResult> ReadAsync(
        IJournal journal, IExperimentDesk desk, IMessageClient broker, CommitMeter meter, Clocks clocks, CancellationToken cancellationToken)
    {
        var text = new MetricsText();
        long published = await journal.ReadCursorAsync(JournalCursors.Publisher, cancellationToken);
        text.Family("celllab_records_stored_total", "counter", "Record rows committed since the data folder was made.")
            .Value("celllab_records_stored_total", journal.LastPosition)
            .Family("celllab_records_published_total", "counter", "Of these, rows acknowledged by the broker.")
            .Value("celllab_records_published_total", published)
            .Family("celllab_broker_connected", "gauge", "1 while the MQTT client is connected.")
            .Value("celllab_broker_connected", broker.IsConnected ? 1 : 0)
            .Family("celllab_lab_speed", "gauge", "Lab seconds in one wall second.")
            .Value("celllab_lab_speed", clocks.Lab.Speed);
        Devices(text, desk);
        Jobs(text, await journal.ReadJobsAsync(cancellationToken));
        Alarms(text, await journal.ReadAlarmsAsync(includeOver: false, cancellationToken));
        Commits(text, meter);
        return TypedResults.Text(text.ToString(), MetricsText.ContentType);
    }

    private static void Devices(MetricsText text, IExperimentDesk desk)
    {
        IReadOnlyList<DeviceView> devices = desk.Devices;
        text.Family("celllab_devices_configured", "gauge", "Devices of the configuration.")
            .Value("celllab_devices_configured", devices.Count)
            .Family("celllab_devices_online", "gauge", "Devices that answer.")
            .Value("celllab_devices_online", devices.Count(device => device.State == DeviceState.Online));
    }

    private static void Jobs(MetricsText text, IReadOnlyList<Job> jobs)
    {
        text.Family("celllab_jobs", "gauge", "Jobs by state.");
        foreach (JobState state in Enum.GetValues<JobState>())
        {
            text.Value("celllab_jobs", "state", state.ToString(), jobs.Count(job => job.State == state));
        }
    }

    private static void Alarms(MetricsText text, IReadOnlyList<Alarm> alarms)
    {
        text.Family("celllab_alarms_active", "gauge", "Alarms whose cause still holds, by severity.");
        foreach (AlarmSeverity severity in Enum.GetValues<AlarmSeverity>())
        {
            text.Value(
                "celllab_alarms_active", "severity", severity.ToString().ToLowerInvariant(),
                alarms.Count(alarm => alarm.Active && alarm.Severity == severity));
        }
    }

    private static void Commits(MetricsText text, CommitMeter meter)
    {
        (IReadOnlyList<long> counts, double sum, long failures) = meter.Read();
        text.Family("celllab_commit_seconds", "histogram", "Wait for a durable commit, wall time.");
        long total = 0;
        for (int index = 0; index < CommitMeter.LimitsSeconds.Count; index++)
        {
            total += counts[index];
            string limit = CommitMeter.LimitsSeconds[index].ToString(System.Globalization.CultureInfo.InvariantCulture);
            text.Value("celllab_commit_seconds_bucket", "le", limit, total);
        }

        total += counts[^1];
        text.Value("celllab_commit_seconds_bucket", "le", "+Inf", total)
            .Value("celllab_commit_seconds_sum", sum)
            .Value("celllab_commit_seconds_count", total)
            .Family("celllab_commit_failures_total", "counter", "Commits that the disk refused.")
            .Value("celllab_commit_failures_total", failures);
    }
}
