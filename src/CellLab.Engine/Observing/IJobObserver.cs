using CellLab.Core.Jobs;
using CellLab.Core.Programs;
using CellLab.Core.Records;

namespace CellLab.Engine.Observing;

/// <summary>Acts beside a job on what has become durable: triggers. It does the steps of <see cref="CellProgram.Beside"/> that it says it does; a job with one
/// that nobody does is refused. Calls come from the device's task and must return at once; what is slow goes to a task of the observer's own.</summary>
public interface IJobObserver
{
    /// <summary>Null when it does this step in this pipeline; else why not, one sentence without the step's number.</summary>
    string? Refusal(OtherInstrumentStep step, Setup.PipelineSpec pipeline);

    /// <summary>Rows of the cycler are durable: of one job and segment, in order.</summary>
    void Committed(Job job, Segment segment, IReadOnlyList<RecordRow> rows);

    /// <summary>The job's new state is durable, the end included.</summary>
    void Changed(Job job);
}
