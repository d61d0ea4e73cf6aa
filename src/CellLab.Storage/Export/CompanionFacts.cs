using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Storage;

namespace CellLab.Storage.Export;

/// <summary>What there is of one instrument beside the cycler.</summary>
internal sealed record CompanionFacts(
    string Stream, long Rows, DateTimeOffset FirstUtc, DateTimeOffset LastUtc, IReadOnlyList<PhaseFacts> Phases)
{
    /// <summary>Of all streams that have rows.</summary>
    public static async Task<IReadOnlyList<CompanionFacts>> ReadAsync(IJournal journal, JobId job, CancellationToken cancellationToken)
    {
        var facts = new List<CompanionFacts>();
        foreach (string stream in CompanionBodies.Streams)
        {
            (_, long last) = await journal.CountCompanionsAsync(job, stream, cancellationToken);
            if (last > 0)
            {
                facts.Add(await ReadAsync(journal, job, stream, last, cancellationToken));
            }
        }

        return facts;
    }

    private static async Task<CompanionFacts> ReadAsync(IJournal journal, JobId job, string stream, long last, CancellationToken cancellationToken)
    {
        var phases = new List<PhaseFacts>();
        CompanionRow? first = null;
        CompanionRow? newest = null;
        await foreach (CompanionRow row in RecordPages.ReadCompanionsAsync(journal, job, stream, last, cancellationToken))
        {
            first ??= row;
            newest = row;
            if (row.Body is IonBody ion)
            {
                Add(phases, ion.Phase, row.TestTimeSeconds);
            }
        }

        return new CompanionFacts(stream, last, first!.TakenAtUtc, newest!.TakenAtUtc, phases);
    }

    private static void Add(List<PhaseFacts> phases, string name, double? seconds)
    {
        if (phases.Count > 0 && phases[^1].Name == name)
        {
            phases[^1] = phases[^1] with { ToSeconds = seconds, Rows = phases[^1].Rows + 1 };
        }
        else
        {
            phases.Add(new PhaseFacts(name, seconds, seconds, 1));
        }
    }
}

/// <summary>Consecutive ion currents of one phase; times of the test, negative before its first segment.</summary>
internal sealed record PhaseFacts(string Name, double? FromSeconds, double? ToSeconds, long Rows);
