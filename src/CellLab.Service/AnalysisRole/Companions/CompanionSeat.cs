using CellLab.Core.Records;
using CellLab.Storage.Analysis;

namespace CellLab.Service.AnalysisRole.Companions;

/// <summary>One analyst at work on one job, and how far it has read each of its streams. An analyst that fails is not asked again: it must not
/// stop the others.</summary>
internal sealed class CompanionSeat(CompanionAnalysis analysis, JobFacts facts, long storedSequence, ILogger logger)
{
    private readonly CompanionAnalyst _analyst = analysis.Begin(facts);
    private readonly Dictionary<string, long> _last = analysis.Streams.ToDictionary(stream => stream, _ => 0L);
    private JobFacts _facts = facts;
    private bool _failed;

    public JobFacts Facts
    {
        get => _facts;
        set
        {
            IsDirty |= analysis.StateOf(value) != State;
            _facts = value;
            Guarded(() => _analyst.Tell(value));
        }
    }

    public string State => analysis.StateOf(_facts);

    public CompanionAnalysis Analysis => analysis;

    /// <summary>Rows were added since the last store.</summary>
    public bool IsDirty { get; private set; }

    /// <summary>Messages have brought rows since the service was asked last.</summary>
    public bool HeardOf { get; set; }

    public bool Reads(string stream) => _last.ContainsKey(stream);

    public long LastOf(string stream) => _last[stream];

    /// <summary>Adds the rows that are new.</summary>
    /// <returns>False where rows are missing in between: none from there on was added.</returns>
    public bool Add(IReadOnlyList<CompanionRow> rows) => Add(rows, row => row.Stream, row => row.Sequence, _analyst.Add);

    public bool Add(IReadOnlyList<RecordRow> rows) => Add(rows, row => row.Stream, row => row.Sequence, _analyst.Add);

    public Task AskAsync(IJobSource source, CancellationToken cancellationToken) => _analyst.AskAsync(source, cancellationToken);

    public void Finish() => Guarded(_analyst.Finish);

    /// <summary>What is to be stored now; after a restart the count does not fall back while rows come again.</summary>
    public AnalysisWrite TakeWrite(bool ended)
    {
        if (!ended)
        {
            Guarded(_analyst.Update);
        }

        IsDirty = false;
        long sequence = Math.Max(storedSequence, LastOf(analysis.Lead));
        return new AnalysisWrite(Facts.Job, analysis.Lead, sequence, State, ended, [], []) { Results = _analyst.TakeNews() };
    }

    private bool Add<TRow>(IReadOnlyList<TRow> rows, Func<TRow, string> streamOf, Func<TRow, long> sequenceOf, Action<TRow> add)
    {
        foreach (TRow row in rows)
        {
            string stream = streamOf(row);
            long sequence = sequenceOf(row);
            if (sequence > _last[stream] + 1)
            {
                return false;
            }

            if (sequence == _last[stream] + 1)
            {
                _last[stream] = sequence;
                IsDirty = true;
                Guarded(() => add(row));
            }
        }

        return true;
    }

    private void Guarded(Action act)
    {
        if (_failed)
        {
            return;
        }

        try
        {
            act();
        }
#pragma warning disable CA1031 // whatever a row does to one analysis, the others go on
        catch (Exception error)
#pragma warning restore CA1031
        {
            _failed = true;
            Log.CompanionAnalysisFailed(logger, error, Facts.Job.Value, analysis.Lead);
        }
    }
}
