using System.Globalization;
using System.Threading.Channels;
using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Storage;
using CellLab.Engine.Desk;

namespace CellLab.Service.Watching;

/// <summary>Ion currents beside running jobs against their levels, by the time of the readings.</summary>
internal sealed class IonWatch : INodeWatch, IDisposable
{
    private const double SameMass = 0.3;
    private const int Waiting = 1000;

    private readonly WatchSettings settings;
    private readonly IJournal journal;
    private readonly IExperimentDesk desk;
    private readonly Channel<IReadOnlyList<CompanionRow>> rows = Channel.CreateBounded<IReadOnlyList<CompanionRow>>(
        new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropOldest });

    private readonly Dictionary<(JobId Job, IonRule Rule), LevelRule> levels = [];

    public IonWatch(WatchSettings settings, IJournal journal, IExperimentDesk desk)
    {
        (this.settings, this.journal, this.desk) = (settings, journal, desk);
        if (settings.IonCurrents.Count > 0)
        {
            journal.CompanionsCommitted += Take;
        }
    }

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        while (rows.Reader.TryRead(out IReadOnlyList<CompanionRow>? batch))
        {
            foreach (CompanionRow row in batch)
            {
                await JudgeAsync(row);
            }
        }
    }

    public void Dispose() => journal.CompanionsCommitted -= Take;

    private void Take(IReadOnlyList<CompanionRow> batch) => rows.Writer.TryWrite(batch);

    private async Task JudgeAsync(CompanionRow row)
    {
        if (row.Body is not IonBody ion)
        {
            return;
        }

        foreach (IonRule rule in settings.IonCurrents.Where(rule => Math.Abs(rule.MassToCharge - ion.MassToCharge) < SameMass))
        {
            if (!levels.TryGetValue((row.Job, rule), out LevelRule? level))
            {
                string id = IdOf(row.Job, rule);
                bool broken = desk.Alarms.Any(alarm => alarm.Id == id && alarm.Active);
                levels[(row.Job, rule)] = level = new LevelRule(rule.AboveAmperes, rule.AboveAmperes * rule.DeadBand, rule.Delay, broken);
            }

            if (level.Update(ion.IonCurrentAmperes, row.TakenAtUtc))
            {
                await TellAsync(row.Job, rule, level, ion);
            }
        }
    }

    private static string IdOf(JobId job, IonRule rule) => string.Create(CultureInfo.InvariantCulture, $"ion-{Math.Round(rule.MassToCharge)}-{job}");

    private Task TellAsync(JobId job, IonRule rule, LevelRule level, IonBody ion)
    {
        string id = IdOf(job, rule);
        return level.IsBroken
            ? desk.RaiseAlarmAsync(
                id, rule.Severity,
                string.Create(CultureInfo.InvariantCulture, $"Job {job}: ion current of m/z {ion.MassToCharge:0.#} is {ion.IonCurrentAmperes:0.00E+0} A, above {rule.AboveAmperes:0.00E+0} A. Look for a leak, or what the cell gives off"),
                job, null)
            : desk.ClearAlarmAsync(id);
    }
}
