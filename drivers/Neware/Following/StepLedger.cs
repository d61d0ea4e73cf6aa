using CellLab.Core.Records;
using CellLab.Drivers.Neware.Messages;

namespace CellLab.Drivers.Neware.Following;

/// <summary>Joins the step layer with the steps counted from records, by record numbers: tells final times of finished steps and makes the
/// running step's start final.</summary>
internal static class StepLedger
{
    /// <param name="layer">All executed steps of the test, in order.</param>
    /// <param name="testIsOver">The last step has ended too.</param>
    public static List<StepTime> Apply(FollowState state, IReadOnlyList<ExecutedStep> layer, bool testIsOver)
    {
        Dictionary<long, (ExecutedStep Step, double Start)> byFirstRecord = WithStarts(layer);
        var told = new List<StepTime>();
        var open = new List<OpenStep>();
        double? endOfLastTold = null;
        for (int i = 0; i < state.OpenSteps.Count; i++)
        {
            OpenStep step = state.OpenSteps[i];
            long? lastRecord = LastRecordOf(state, i, testIsOver);
            bool known = byFirstRecord.TryGetValue(step.FirstRecord, out (ExecutedStep Step, double Start) found);
            if (known && lastRecord == found.Step.LastRecord)
            {
                told.Add(new StepTime(step.Count, step.StepId, found.Start, found.Step.Seconds, step.FirstRecord, lastRecord.Value));
                endOfLastTold = found.Start + found.Step.Seconds;
            }
            else
            {
                open.Add(step);
                endOfLastTold = i == state.OpenSteps.Count - 1 ? (known ? found.Start : endOfLastTold) : null;
            }
        }

        state.OpenSteps = open;
        if (open.Count == 1 && open[0].Count == state.StepCount && endOfLastTold is { } start)
        {
            state.StepStartSeconds = start;
            state.Provisional = false;
        }

        return told;
    }

    private static long? LastRecordOf(FollowState state, int index, bool testIsOver)
    {
        if (index + 1 < state.OpenSteps.Count)
        {
            return state.OpenSteps[index + 1].FirstRecord - 1;
        }

        return testIsOver ? state.LastRecord : null;
    }

    private static Dictionary<long, (ExecutedStep Step, double Start)> WithStarts(IReadOnlyList<ExecutedStep> layer)
    {
        var starts = new Dictionary<long, (ExecutedStep, double)>(layer.Count);
        double start = 0;
        foreach (ExecutedStep step in layer)
        {
            starts.TryAdd(step.FirstRecord, (step, start));
            start += step.Seconds;
        }

        return starts;
    }
}
