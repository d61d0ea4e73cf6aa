using System.Globalization;
using CellLab.Core.Events;
using CellLab.Core.Programs;
using CellLab.Core.Time;
using CellLab.Engine.Alarms;
using CellLab.Engine.Setup;

namespace CellLab.Engine.Stages;

/// <summary>Something that a person does; a resume of the job confirms it, and the event keeps who and when.</summary>
internal sealed class OperatorWork(StageTools tools, Clocks clocks) : IStageWork
{
    public bool DrivesCell => false;

    public bool Does(OtherInstrumentStep step) => step.Kind == "operator_task" || (step.Kind == "barrier" && step.Role == OtherInstrumentStep.Person);

    public bool IsAnswered(StageRun run) => true;

    public string Reason(StageRun run) => $"{run.Step.Members.GetValueOrDefault("text", "a person has to act")}; then resume the job";

    public string? Refusal(OtherInstrumentStep step, PipelineSpec pipeline) => null;

    public async Task<StageEnd> RunAsync(StageRun run, CancellationToken cancellationToken)
    {
        string who = await Patience.AnswerAsync(tools, run, Reason(run), clocks, cancellationToken);
        return new StageEnd(string.Create(CultureInfo.InvariantCulture, $"done, confirmed by {who} at {clocks.Lab.GetUtcNow():yyyy-MM-dd HH:mm:ss} UTC"));
    }
}

/// <summary>Waits for people.</summary>
internal static class Patience
{
    /// <summary>The job waits on after the step's time-out, and the alarm says that it has passed.</summary>
    public static async Task<string> AnswerAsync(StageTools tools, StageRun run, string task, Clocks clocks, CancellationToken cancellationToken)
    {
        await tools.Alarms.RaiseAsync(AlarmIds.Stage(run.Live.Id), AlarmSeverity.Warning, $"Job {run.Live.Id} waits: {task}", run.Live.Id, run.Channel.ToString());
        if (TimeoutOf(run.Step) is { } timeout && timeout - run.Seconds is var left)
        {
            using var answered = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Task late = Task.Delay(TimeSpan.FromSeconds(Math.Max(0, left)), clocks.Lab, answered.Token);
            bool inTime = await Task.WhenAny(run.Answer, late) == run.Answer;
            await answered.CancelAsync();
            if (!inTime && !cancellationToken.IsCancellationRequested)
            {
                await tools.Alarms.RaiseAsync(
                    AlarmIds.Stage(run.Live.Id), AlarmSeverity.Critical,
                    string.Create(CultureInfo.InvariantCulture, $"Job {run.Live.Id} has waited for longer than {timeout:0} s: {task}"), run.Live.Id, run.Channel.ToString());
            }
        }

        return await run.Answer.WaitAsync(cancellationToken);
    }

    public static double? TimeoutOf(OtherInstrumentStep step) =>
        step.Members.TryGetValue("timeout_s", out string? text) ? double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) : null;
}
