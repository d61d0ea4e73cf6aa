using CellLab.Core.Programs;

namespace CellLab.Engine.Stages;

/// <summary>Does one kind of step that is not the cycler's.</summary>
internal interface IStageWork
{
    bool Does(OtherInstrumentStep step);

    /// <summary>It switches an output of its channel on: the source lease comes first, the opened circuit last.</summary>
    bool DrivesCell { get; }

    /// <summary>The job waits for somebody: it is <c>Waiting</c> meanwhile, and a resume answers it (<see cref="StageRun.Answer"/>).</summary>
    bool IsAnswered(StageRun run);

    /// <summary>What the job waits for, or is doing, when it begins.</summary>
    string Reason(StageRun run);

    /// <summary>Null, or why the pipeline cannot do it; asked at submit. One sentence without the step's number.</summary>
    string? Refusal(OtherInstrumentStep step, Setup.PipelineSpec pipeline);

    /// <exception cref="Core.Devices.DeviceFaultException">It cannot be done now; the message is for a person.</exception>
    Task<StageEnd> RunAsync(StageRun run, CancellationToken cancellationToken);
}
