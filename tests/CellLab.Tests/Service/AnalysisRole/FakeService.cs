using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Samples;
using CellLab.Core.Units;
using CellLab.Service.AnalysisRole;

namespace CellLab.Tests.Service.AnalysisRole;

/// <summary>The acquisition service in memory: one job whose stored rows and state a test sets.</summary>
internal sealed class FakeService : IJobSource
{
    private readonly Lock _gate = new();
    private readonly List<RecordRow> _stored = [];
    private readonly List<CompanionRow> _companions = [];
    private readonly List<long> _asked = [];
    private JobFacts _facts = new(
        Job, JobState.Running, null, new CRateBase(250, 4), new CRateBase(250, 4), LeadingDirection.Charge, 600, 0);

    public static JobId Job { get; } = new("aaaaaaaaaaaa");

    public bool IsAway { get; set; }

    /// <summary>How often the listing was asked for.</summary>
    public int Surveys { get; private set; }

    /// <summary>First sequence numbers of all pages asked for.</summary>
    public IReadOnlyList<long> Asked
    {
        get
        {
            lock (_gate)
            {
                return [.. _asked];
            }
        }
    }

    public JobFacts Facts
    {
        get
        {
            lock (_gate)
            {
                return _facts;
            }
        }
    }

    public void Store(IEnumerable<RecordRow> rows, bool tellStored = false)
    {
        lock (_gate)
        {
            _stored.AddRange(rows);
            _facts = tellStored ? _facts with { Stored = _stored.Count } : _facts;
        }
    }

    public void Change(Func<JobFacts, JobFacts> change)
    {
        lock (_gate)
        {
            _facts = change(_facts);
        }
    }

    public void Complete() => Change(facts => facts with { State = JobState.Completed, Verdict = "complete" });

    public Task<IReadOnlyList<JobFacts>> ReadJobsAsync(bool all, CancellationToken cancellationToken)
    {
        Surveys++;
        return Task.FromResult<IReadOnlyList<JobFacts>>([Answer(_facts)]);
    }

    public Task<JobFacts> ReadJobAsync(JobId job, CancellationToken cancellationToken) => Task.FromResult(Answer(_facts));

    public Task<IReadOnlyList<RecordRow>> ReadRecordsAsync(
        JobId job, string stream, long firstSequence, int max, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _asked.Add(firstSequence);
            return Task.FromResult(Answer<IReadOnlyList<RecordRow>>([.. _stored.Where(row => row.Sequence >= firstSequence).Take(max)]));
        }
    }

    public void Store(IEnumerable<CompanionRow> rows, bool tellStored = true)
    {
        lock (_gate)
        {
            _companions.AddRange(rows);
            if (tellStored)
            {
                _facts = _facts with { StreamsStored = _companions.GroupBy(row => row.Stream).ToDictionary(stream => stream.Key, stream => (long)stream.Count()) };
            }
        }
    }

    public Task<IReadOnlyList<CompanionRow>> ReadCompanionsAsync(
        JobId job, string stream, long firstSequence, int max, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(Answer<IReadOnlyList<CompanionRow>>(
                [.. _companions.Where(row => row.Stream == stream && row.Sequence >= firstSequence).Take(max)]));
        }
    }

    /// <summary>Data of events by kind.</summary>
    public List<(string Kind, System.Text.Json.JsonElement Data)> EventData { get; } = [];

    public Task<IReadOnlyList<(string Kind, System.Text.Json.JsonElement Data)>> ReadEventDataAsync(JobId job, string kinds, CancellationToken cancellationToken) =>
        Task.FromResult(Answer<IReadOnlyList<(string, System.Text.Json.JsonElement)>>([.. EventData.Where(item => kinds.Split(',').Contains(item.Kind))]));

    private T Answer<T>(T value)
    {
        lock (_gate)
        {
            return IsAway ? throw new JobSourceException("connection refused") : value;
        }
    }
}
