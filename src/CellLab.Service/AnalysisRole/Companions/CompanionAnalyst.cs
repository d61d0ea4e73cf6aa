using CellLab.Core.Records;
using CellLab.Storage.Analysis;

namespace CellLab.Service.AnalysisRole.Companions;

/// <summary>One analysis of one job. It gets the rows of each of its streams in order, each once and from the first on; streams are not in step
/// with each other. After a restart all rows come again, so that nothing needs to be remembered but results; one that comes out as it was is
/// neither stored nor published again. One thread at a time.</summary>
internal abstract class CompanionAnalyst
{
    private readonly Dictionary<(string Kind, int Item), StoredResult> _news = [];

    /// <summary>At every look at the job, and before its end: the time to ask for what stands in no row.</summary>
    /// <exception cref="JobSourceException">The service could not be asked; it is tried again.</exception>
    public virtual Task AskAsync(IJobSource source, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The job as it is now; its sample's figures may have been amended.</summary>
    public virtual void Tell(JobFacts facts)
    {
    }

    public virtual void Add(CompanionRow row)
    {
    }

    /// <summary>A row of the cycler, for analyses that name its stream.</summary>
    public virtual void Add(RecordRow row)
    {
    }

    /// <summary>Rows have come and results are about to be stored (every half second of wall time at most): the time for interim ones.</summary>
    public virtual void Update()
    {
    }

    /// <summary>The job is over and every row of every stream is here.</summary>
    public virtual void Finish()
    {
    }

    /// <summary>Results since the last call.</summary>
    public IReadOnlyList<StoredResult> TakeNews()
    {
        StoredResult[] news = [.. _news.Values];
        _news.Clear();
        return news;
    }

    /// <param name="kind">As in the topic <c>analysis/{kind}</c>.</param>
    /// <param name="item">What of the job it is about (a spectrum, a pattern); 0: the job as a whole.</param>
    /// <param name="resultJson">With member <c>method</c> and everything that went in.</param>
    protected void Keep(string kind, int item, string resultJson) => _news[(kind, item)] = new StoredResult(kind, item, resultJson);
}
