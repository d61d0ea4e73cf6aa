using System.Globalization;
using System.Text;
using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Engine.Desk;
using CellLab.Service.Hosting;

namespace CellLab.Service.Notifying;

/// <summary>The daily message: what runs, what waits for somebody, what is wrong, how full the disk is. That it does not come is a sign too.</summary>
internal sealed class Digest(NotifySettings settings, NodeInfo node, string dataFolder, IJournal journal, IExperimentDesk desk)
{
    /// <summary>The day whose digest is due, also some hours late after a service that was away; null before its time.</summary>
    public static DateOnly? Day(DateTimeOffset now, TimeOnly at) => TimeOnly.FromDateTime(now.UtcDateTime) >= at ? DateOnly.FromDateTime(now.UtcDateTime) : null;

    public async Task<IReadOnlyList<OutgoingMessage>> ForAsync(DateOnly day, DateTimeOffset now, CancellationToken cancellationToken)
    {
        IReadOnlyList<Job> jobs = [.. (await journal.ReadJobsAsync(cancellationToken)).Where(job => !job.State.IsFinal())];
        IReadOnlyList<Alarm> alarms = desk.Alarms;
        string subject = $"[{node.Site}/{node.Node}] {jobs.Count} jobs, {alarms.Count} alarms";
        string text = Text(jobs, alarms);
        string key = $"digest {day.ToString("O", CultureInfo.InvariantCulture)}";
        return
        [
            .. settings.Targets.Where(target => !target.EscalationsOnly)
                .Select(target => new OutgoingMessage(key, target.Name, MessageKind.Digest, subject, text, null, null, now, now)),
        ];
    }

    private string Text(IReadOnlyList<Job> jobs, IReadOnlyList<Alarm> alarms)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Alarms ({alarms.Count})\n");
        foreach (Alarm alarm in alarms.OrderByDescending(alarm => alarm.Severity))
        {
            string state = alarm.AcknowledgedBy is { } who ? $"acknowledged by {who}" : "not acknowledged";
            text.Append(CultureInfo.InvariantCulture, $"  {alarm.Severity.ToString().ToLowerInvariant()}  {alarm.Text} ({state})\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\nJobs ({jobs.Count})\n");
        foreach (Job job in jobs)
        {
            string cycle = desk.ProgressOf(job.Id) is { } progress ? string.Create(CultureInfo.InvariantCulture, $", cycle {progress.Cycle}") : "";
            text.Append(CultureInfo.InvariantCulture, $"  {job.Id}  {job.Sample} on {job.Pipeline}: {job.State}{cycle}\n");
        }

        double freeGigabytes = new DriveInfo(Path.GetFullPath(dataFolder)).AvailableFreeSpace / 1e9;
        return text.Append(CultureInfo.InvariantCulture, $"\nDisk: {freeGigabytes:F1} GB free for {dataFolder}\n").ToString();
    }
}
