using CellLab.Core.Jobs;
using CellLab.Core.Programs;
using CellLab.Core.Records;
using CellLab.Engine.Setup;

namespace CellLab.Engine.Observing;

/// <summary>All observers, in the order in which they were added.</summary>
internal sealed class JobObservers
{
    private readonly List<IJobObserver> _observers = [];

    /// <summary>Before the Engine starts.</summary>
    public void Add(IJobObserver observer) => _observers.Add(observer);

    /// <summary>Null when somebody does the step.</summary>
    public string? Refusal(OtherInstrumentStep step, PipelineSpec pipeline)
    {
        string?[] answers = [.. _observers.Select(observer => observer.Refusal(step, pipeline))];
        return answers.Length == 0
            ? $"nothing in this service does a '{step.Kind}' beside the cycler; remove the step"
            : answers.Contains(null) ? null : answers[0];
    }

    public void Committed(Job job, Segment segment, IReadOnlyList<RecordRow> rows)
    {
        foreach (IJobObserver observer in _observers)
        {
            observer.Committed(job, segment, rows);
        }
    }

    public void Changed(Job job)
    {
        foreach (IJobObserver observer in _observers)
        {
            observer.Changed(job);
        }
    }
}
