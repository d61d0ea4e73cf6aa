using System.Globalization;
using CellLab.Core.Devices;
using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Engine.Desk;
using CellLab.Messaging;

namespace CellLab.Service.Rest.Observing;

/// <summary>The node in figures: the one place where they are taken, whoever asks.</summary>
internal sealed class NodeFigures(IJournal journal, IExperimentDesk desk, IMessageClient broker, CommitMeter meter, Clocks clocks)
{
    /// <exception cref="StorageException">The journal cannot be read.</exception>
    public async Task<IReadOnlyList<FigureFamily>> ReadAsync(CancellationToken cancellationToken)
    {
        long published = await journal.ReadCursorAsync(JournalCursors.Publisher, cancellationToken);
        IReadOnlyList<Job> jobs = await journal.ReadJobsAsync(cancellationToken);
        IReadOnlyList<Alarm> alarms = await journal.ReadAlarmsAsync(includeOver: false, cancellationToken);
        return
        [
            new("celllab_records_stored_total", FigureKind.Counter, "Record rows committed since the data folder was made.", journal.LastPosition),
            new("celllab_records_published_total", FigureKind.Counter, "Of these, rows acknowledged by the broker.", published),
            new("celllab_broker_connected", FigureKind.Gauge, "1 while the MQTT client is connected.", broker.IsConnected ? 1 : 0),
            new("celllab_lab_speed", FigureKind.Gauge, "Lab seconds in one wall second.", clocks.Lab.Speed),
            .. Devices(desk.Devices),
            Jobs(jobs),
            Alarms(alarms),
            .. Commits(),
            .. ProcessFigures.Read(),
        ];
    }

    private static FigureFamily[] Devices(IReadOnlyList<DeviceView> devices) =>
    [
        new("celllab_devices_configured", FigureKind.Gauge, "Devices of the configuration.", devices.Count),
        new("celllab_devices_online", FigureKind.Gauge, "Devices that answer.", devices.Count(device => device.State == DeviceState.Online)),
    ];

    private static FigureFamily Jobs(IReadOnlyList<Job> jobs) => new(
        "celllab_jobs", FigureKind.Gauge, "Jobs by state.",
        [.. Enum.GetValues<JobState>().Select(state => new Figure(jobs.Count(job => job.State == state), "state", state.ToString()))]);

    private static FigureFamily Alarms(IReadOnlyList<Alarm> alarms) => new(
        "celllab_alarms_active", FigureKind.Gauge, "Alarms whose cause still holds, by severity.",
        [
            .. Enum.GetValues<AlarmSeverity>().Select(severity => new Figure(
                alarms.Count(alarm => alarm.Active && alarm.Severity == severity), "severity", severity.ToString().ToLowerInvariant())),
        ]);

    private FigureFamily[] Commits()
    {
        (IReadOnlyList<long> counts, double sum, long failures) = meter.Read();
        var series = new List<Figure>();
        long total = 0;
        for (int index = 0; index < counts.Count; index++)
        {
            total += counts[index];
            string limit = index < CommitMeter.LimitsSeconds.Count ? CommitMeter.LimitsSeconds[index].ToString(CultureInfo.InvariantCulture) : "+Inf";
            series.Add(new Figure(total, "le", limit, "_bucket"));
        }

        return
        [
            new(CommitMeter.Name, FigureKind.Histogram, CommitMeter.Help, [.. series, new Figure(sum, Suffix: "_sum"), new Figure(total, Suffix: "_count")]),
            new("celllab_commit_failures_total", FigureKind.Counter, "Commits that the disk refused.", failures),
        ];
    }
}
