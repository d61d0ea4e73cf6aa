using System.Globalization;
using CellLab.Analysis.Cycling;
using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Engine.Desk;
using CellLab.Service.Rest.Jobs;

namespace CellLab.Service.Watching;

/// <summary>What the cycles of running jobs say, and that a job will soon be over.</summary>
internal sealed class JobWatch(WatchSettings settings, IJournal journal, ICycleSource cycles, JobPlans plans, IExperimentDesk desk, Clocks clocks) : INodeWatch
{
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (settings is { CoulombicEfficiency: null, Retention: null, ForecastEnd: null })
        {
            return;
        }

        foreach (Job job in (await journal.ReadJobsAsync(cancellationToken)).Where(job => job.State == JobState.Running))
        {
            IReadOnlyList<CycleView> views = await CycleReading.ReadAsync(job, journal, cycles, cancellationToken);
            await SetAsync(job, "efficiency", settings.CoulombicEfficiency, views, CycleRules.CoulombicEfficiency);
            await SetAsync(job, "fade", settings.Retention, views, CycleRules.Retention);
            await ForecastAsync(job, cancellationToken);
        }
    }

    private Task SetAsync(Job job, string kind, CycleRule? rule, IReadOnlyList<CycleView> views, Func<CycleRule, IReadOnlyList<CycleView>, bool, string?> judge)
    {
        string id = $"{kind}-{job.Id}";
        return rule is null ? Task.CompletedTask
            : judge(rule, views, IsActive(id)) is { } text ? desk.RaiseAlarmAsync(id, AlarmSeverity.Warning, $"Job {job.Id} ({job.Sample}): {text}", job.Id, job.Channel?.ToString())
            : desk.ClearAlarmAsync(id);
    }

    private async Task ForecastAsync(Job job, CancellationToken cancellationToken)
    {
        string id = $"ends-{job.Id}";
        if (settings.ForecastEnd is not { } ahead || desk.Alarms.Any(alarm => alarm.Id == id))
        {
            return; // told once; the Engine clears what belongs to a job when the job is over
        }

        DateTimeOffset now = clocks.Lab.GetUtcNow();
        PlanView plan = await plans.ViewAsync(job, desk.ProgressOf(job.Id), now, cancellationToken);
        if (plan.ExpectedEndUtc is { } end && end - now < ahead)
        {
            await desk.RaiseAlarmAsync(
                id, AlarmSeverity.Warning, string.Create(CultureInfo.InvariantCulture, $"Job {job.Id} ({job.Sample}) ends at about {end.UtcDateTime:yyyy-MM-dd HH:mm} UTC"), job.Id, job.Channel?.ToString());
        }
    }

    private bool IsActive(string id) => desk.Alarms.Any(alarm => alarm.Id == id && alarm.Active);
}
