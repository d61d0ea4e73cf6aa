using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Engine.Live;

namespace CellLab.Engine.Control;

/// <summary>What follows when a segment is over as planned: the next one, without a person, or the end of the job. Device task.</summary>
internal sealed class SegmentSeams(JobLedger ledger, JobDispatcher dispatcher, Clocks clocks)
{
    public async Task GoOnAsync(LiveJob live, RecordTracker tracker)
    {
        bool left = tracker.LeftTo is not null;
        Segment ended = tracker.Finish(clocks.Lab.GetUtcNow());
        var together = new JournalWrite { Segments = [ended] };
        if (live.Plan.StageAt(ended.NextPlace!.Value) is not { } stage)
        {
            JobVerdict verdict = tracker.HasGaps ? JobVerdict.CompleteWithGaps : JobVerdict.Complete;
            string reason = left ? "its last repeat ended on its condition" : "the program ran to its end";
            await ledger.SignalAsync(live, JobSignal.ProgramEnded, reason, job => job with { Verdict = verdict }, together);
            return;
        }

        string text = $"between segments {ended.Index} and {ended.Index + 1}, cell rests at open circuit: {stage.Why}";
        together = together with { Events = [ledger.Event(live.Id, "seam", text, live.Channel.ToString())] };
        if (await ledger.SignalAsync(live, JobSignal.SegmentEnded, text, together: together))
        {
            dispatcher.Consider(live);
        }
    }
}
