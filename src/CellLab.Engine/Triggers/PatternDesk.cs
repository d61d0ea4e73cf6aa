using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Core.Triggers;
using CellLab.Core.Triggers.Patterns;

namespace CellLab.Engine.Triggers;

/// <summary>Patterns whose exposure is over: waits for their files and for the cycler's rows that cover them, then makes their records.</summary>
internal sealed class PatternDesk(Job job, TriggerBook book, CellPoints points, PatternWriter writer, PatternFileSearch files, IJournal journal, Clocks clocks)
{
    private readonly Dictionary<string, PatternFileFacts?> _found = [];
    private long _written;

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        (_written, _) = await journal.CountCompanionsAsync(job.Id, Streams.Diffraction, cancellationToken);
        List<TriggerIntent> pulsed = [.. book.Open.Where(intent => PatternExposure.StartOf(intent) is not null)];
        if (pulsed.Count == 0)
        {
            files.BeforePulse([]);
            return;
        }

        IReadOnlyList<CompanionRow> recorded = await journal.ReadCompanionsAsync(job.Id, Streams.Diffraction, 1, (int)_written + 1, cancellationToken);
        files.Restore(pulsed[0].FilesUntilUtc, recorded.Select(row => (row.Body as PatternBody)?.File?.Name).OfType<string>());
    }

    /// <summary>The moment from which on points are still needed; null when no pattern is open.</summary>
    public DateTimeOffset? Needed => book.Open.Select(PatternExposure.StartOf).Min(start => start?.AtUtc);

    /// <param name="expected">Exposure; null where nobody said.</param>
    /// <param name="noMoreRows">The job has ended: what is not covered never will be.</param>
    public async Task RecordAsync(TimeSpan? expected, string? toldFile, bool noMoreRows, Func<IReadOnlyList<CompanionRow>, Task> commit)
    {
        foreach (TriggerIntent intent in book.Open.Where(intent => intent.Sought || intent.Fate == TriggerFate.Exposed).ToList())
        {
            TimeSpan? said = intent.ExposureExpectedSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : expected;
            if (!HasFile(intent, toldFile, said))
            {
                continue;
            }

            if (intent.Sought)
            {
                await SettleAsync(intent, commit);
            }

            PatternExposure exposure = PatternExposure.Of(intent, said, _found.GetValueOrDefault(intent.Id));
            if (book.Find(intent.Id).Fate == TriggerFate.Exposed && (noMoreRows || points.Last?.AtUtc >= (exposure.ToUtc ?? exposure.FromUtc)))
            {
                await WriteAsync(book.Find(intent.Id), said, exposure, commit);
            }
        }

        points.Trim(Needed);
    }

    public static PatternInstant Stamp(Clocks clocks, DateTimeOffset at)
    {
        double now = (double)clocks.Wall.GetTimestamp() / clocks.Wall.TimestampFrequency;
        return new PatternInstant(at, now - ((clocks.Lab.GetUtcNow() - at).TotalSeconds / Math.Max(1, clocks.Lab.Speed)));
    }

    /// <summary>Nobody saw an exposure: a file shows that there was one; without a file nobody knows.</summary>
    private async Task SettleAsync(TriggerIntent intent, Func<IReadOnlyList<CompanionRow>, Task> commit)
    {
        if (_found[intent.Id] is { } file)
        {
            book.Change(intent.Id, found => InterruptedTrigger.Over(found, null));
            book.Tell($"{intent.Id}: {file.Name} shows that it was taken while nobody looked");
        }
        else
        {
            _found.Remove(intent.Id);
            book.Change(intent.Id, found => found with { Sought = false, Reason = $"{found.Reason}; no pattern file came of it" });
            book.Tell($"{intent.Id}: no pattern file came of it");
        }

        await commit([]);
    }

    private bool HasFile(TriggerIntent intent, string? told, TimeSpan? expected)
    {
        if (_found.ContainsKey(intent.Id))
        {
            return true;
        }

        PatternExposure exposure = PatternExposure.Of(intent, expected, null);
        (PatternFileFacts? file, bool givenUp) = files.Find(intent, told, exposure.ToUtc ?? exposure.FromUtc);
        if (file is not null)
        {
            book.Change(intent.Id, found => found with { Times = found.Times with { File = Stamp(clocks, clocks.Lab.GetUtcNow()) } });
        }

        if (file is not null || givenUp)
        {
            _found[intent.Id] = file;
        }

        return file is not null || givenUp;
    }

    private async Task WriteAsync(TriggerIntent intent, TimeSpan? expected, PatternExposure exposure, Func<IReadOnlyList<CompanionRow>, Task> commit)
    {
        PatternFileFacts? file = _found[intent.Id];
        PatternBody body = writer.Body(intent, points.All, expected, file);
        DateTimeOffset middle = exposure.FromUtc + (((exposure.ToUtc ?? exposure.FromUtc) - exposure.FromUtc) / 2);
        var row = new CompanionRow(
            job.Id, Streams.Diffraction, _written + 1, middle, clocks.Lab.GetUtcNow(), body.Middle?.TestTimeSeconds ?? intent.Requested?.TestTimeSeconds, body);
        book.Change(intent.Id, recorded => recorded with { Fate = TriggerFate.Recorded });
        book.Tell($"pattern {intent.Id}{(file is null ? ", no file found" : $" in {file.Name}")}{(body.Flags.Count == 0 ? "" : $": {string.Join(", ", body.Flags)}")}");
        await commit([row]);
        _written++;
        _found.Remove(intent.Id);
        files.WriteBeside(file, CompanionJson.Write(Streams.Diffraction, body));
    }
}
