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
        if (!book.Open.Any())
        {
            files.BeforePulse();
        }
    }

    /// <summary>The moment from which on points are still needed; null when no pattern is open.</summary>
    public DateTimeOffset? Needed => book.Open.Where(intent => intent.Times.Out is not null).Select(intent => (DateTimeOffset?)intent.Times.Out!.AtUtc).Min();

    /// <param name="expected">Exposure; null where nobody said.</param>
    /// <param name="noMoreRows">The job has ended: what is not covered never will be.</param>
    public async Task RecordAsync(TimeSpan? expected, string? toldFile, bool noMoreRows, Func<IReadOnlyList<CompanionRow>, Task> commit)
    {
        foreach (TriggerIntent intent in book.Open.Where(intent => intent.Fate == TriggerFate.Exposed).ToList())
        {
            DateTimeOffset end = PatternWriter.Exposure(intent, expected ?? TimeSpan.Zero).To;
            if (HasFile(intent, toldFile) && (noMoreRows || points.Last?.AtUtc >= end))
            {
                await WriteAsync(book.Find(intent.Id), expected, commit);
            }
        }

        points.Trim(Needed);
    }

    public static PatternInstant Stamp(Clocks clocks, DateTimeOffset at)
    {
        double now = (double)clocks.Wall.GetTimestamp() / clocks.Wall.TimestampFrequency;
        return new PatternInstant(at, now - ((clocks.Lab.GetUtcNow() - at).TotalSeconds / Math.Max(1, clocks.Lab.Speed)));
    }

    private bool HasFile(TriggerIntent intent, string? told)
    {
        if (_found.ContainsKey(intent.Id))
        {
            return true;
        }

        (PatternFileFacts? file, bool givenUp) = files.Find(intent, told);
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

    private async Task WriteAsync(TriggerIntent intent, TimeSpan? expected, Func<IReadOnlyList<CompanionRow>, Task> commit)
    {
        PatternFileFacts? file = _found[intent.Id];
        PatternBody body = writer.Body(intent, points.All, expected, file);
        (DateTimeOffset from, DateTimeOffset to, _) = PatternWriter.Exposure(intent, expected ?? TimeSpan.Zero);
        DateTimeOffset middle = from + ((to - from) / 2);
        var row = new CompanionRow(
            job.Id, Streams.Diffraction, _written + 1, middle, clocks.Lab.GetUtcNow(), body.Middle?.TestTimeSeconds ?? intent.Requested?.TestTimeSeconds ?? 0, body);
        book.Change(intent.Id, recorded => recorded with { Fate = TriggerFate.Recorded });
        book.Tell($"pattern {intent.Id}{(file is null ? ", no file found" : $" in {file.Name}")}{(body.Flags.Count == 0 ? "" : $": {string.Join(", ", body.Flags)}")}");
        await commit([row]);
        _written++;
        _found.Remove(intent.Id);
        files.WriteBeside(file, CompanionJson.Write(Streams.Diffraction, body));
    }
}
