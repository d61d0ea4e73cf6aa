using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Engine.Live;

namespace CellLab.Engine.Control;

/// <summary>What follows when a segment is over as planned: the next one, without a person, or the end of the job. Device task.</summary>
internal sealed class SegmentSeams(JobLedger ledger, JobDispatcher dispatcher, Clocks clocks)
{
    /// <param name="hold">Why the job is to be paused before its next segment; null to go on.</param>
    /// <param name="told">What happened, stored with the end.</param>
    public async Task GoOnAsync(LiveJob live, RecordTracker tracker, string? hold = null, JobEvent? told = null)
    {
        bool left = tracker.LeftTo is not null;
        Segment ended = tracker.Finish(clocks.Lab.GetUtcNow());
        var together = new JournalWrite { Segments = [ended], Events = told is null ? [] : [told] };
        if (live.Plan.StageAt(ended.NextPlace!.Value) is not { } stage)
        {
            JobVerdict verdict = tracker.HasGaps ? JobVerdict.CompleteWithGaps : JobVerdict.Complete;
            string reason = left ? "its last repeat ended on its condition" : "the program ran to its end";
            await ledger.SignalAsync(live, JobSignal.ProgramEnded, reason, job => job with { Verdict = verdict }, together);
            return;
        }

        string cell = ended.Stage == CellCheck.TakenOut ? "cell is taken out" : "cell rests at open circuit";
        string text = $"between segments {ended.Index} and {ended.Index + 1}, {cell}: {stage.Why}";
        together = together with { Events = [.. together.Events, ledger.Event(live.Id, "seam", text, live.Channel.ToString())] };
        if (hold is not null)
        {
            await ledger.SignalAsync(live, JobSignal.Held, $"{hold}; {text}", together: together);
        }
        else if (await ledger.SignalAsync(live, JobSignal.SegmentEnded, text, together: together))
        {
            dispatcher.Consider(live);
        }
    }
}
