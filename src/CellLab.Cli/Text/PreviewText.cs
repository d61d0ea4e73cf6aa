using System.Globalization;
using CellLab.Service.Offline.Preview;

namespace CellLab.Cli.Text;

/// <summary>A rehearsal as a technician reads it: what it rests on, when it ends, what the channel has to do, one line a step and a block, and sketches.</summary>
internal static class PreviewText
{
    private const int MostSegments = 12;

    /// <param name="zone">In which dates are shown.</param>
    /// <param name="blocks">The terminal shows block characters.</param>
    public static void Write(TextWriter output, ProtocolPreview preview, TimeZoneInfo zone, bool blocks)
    {
        output.WriteLine(preview.Estimate);
        output.WriteLine(Text($"starts {Date(preview.StartsUtc, zone)}, ends {Date(preview.EndsUtc, zone)}: {DurationText.Of(preview.DurationS)}{(preview.Steps.All(step => step.DurationKnown) ? "" : " and the steps of unknown length")}"));
        output.WriteLine(Text($"about {preview.Records} records, {preview.Bytes / 1e6:0.0} MB; voltage {preview.LowestV:0.000} to {preview.HighestV:0.000} V"));
        output.WriteLine(Channel(preview));
        output.WriteLine(Trigger(preview.Trigger));
        output.WriteLine();
        TextTable.Write(
            output,
            ["step", "block", "kind", "current", "range", "error %", "CE %", "passes", "first pass", "ends by", "at V", "all passes", "late mAh/g"],
            [.. preview.Steps.Select(Row)]);
        output.WriteLine();
        TextTable.Write(output, ["block", "steps", "duration", "charge", "discharge", "records"], [.. preview.Blocks.Select(Row)]);
        OtherInstrumentsText.Write(output, preview.OtherInstruments);
        WriteSegments(output, preview.Segments);
        PreviewSketches.Write(output, preview, blocks);
    }

    private static void WriteSegments(TextWriter output, IReadOnlyList<PreviewedSegment> segments)
    {
        if (segments.Count < 2)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine(Text($"it runs in {segments.Count} segments; {segments[1].CellBefore}"));
        TextTable.Write(output, ["segment", "by", "after", "lasts", "because"], [.. segments.Take(MostSegments).Select((segment, place) => Row(segment, segments.Take(place).All(before => before.DurationKnown)))]);
        if (segments.Count > MostSegments)
        {
            output.WriteLine(Text($"and {segments.Count - MostSegments} more of them"));
        }
    }

    /// <param name="startKnown">Nothing of unknown length lies before it.</param>
    private static string[] Row(PreviewedSegment segment, bool startKnown) =>
        [Text($"{segment.Segment}"), segment.Role, $"{(startKnown ? "" : "> ")}{DurationText.Of(segment.StartsAtS)}", Lasts(segment.DurationS, segment.DurationKnown), segment.Why];

    private static string Channel(ProtocolPreview preview)
    {
        string ranges = string.Join(", ", preview.Channel.RangesMa.Select(range => Text($"{range:0.####}")));
        double largest = preview.Channel.RangesMa.DefaultIfEmpty(0).Max();
        string share = largest > 0 ? Text($", {preview.PeakCurrentMa / largest:0.# %} of the largest range") : "";
        return $"channel {preview.Channel.Name ?? "not chosen"}: ranges {ranges} mA{(preview.Channel.RangesAssumed ? " (assumed)" : "")}; "
            + $"peak current {CurrentText.Of(preview.PeakCurrentMa * 1e-3).TrimStart('+')}{share}";
    }

    private static string Trigger(TriggerLatency trigger) => Text(
        $"a trigger on a measured value comes up to {trigger.LatencyS:0.#} s late: record interval {trigger.RecordIntervalS:0.#} s and poll interval {trigger.PollIntervalS:0.#} s{(trigger.PollAssumed ? " (assumed)" : "")}; {trigger.LatencyS + trigger.RecordIntervalS:0.#} s on a voltage, which has to hold for two records");

    private static string[] Row(PreviewedStep step) =>
    [
        Text($"{step.Step}"), step.Block, step.Kind, step.CurrentMa is { } current ? CurrentText.Of(current * 1e-3) : "",
        step.RangeMa is { } range ? Text($"{range:0.###} mA") : "", Figure(step.CurrentErrorPercent, step.Doubtful), Figure(step.CeErrorPercent, step.Doubtful),
        Text($"{step.Passes}"), Lasts(step.FirstDurationS, step.DurationKnown), step.DurationKnown ? step.FirstEnd : "", Text($"{step.FirstEndV:0.0000}"), Lasts(step.TotalDurationS, step.DurationKnown),
        step.TriggerLatencyMahG is { } late ? Text($"{late:0.00}") : "",
    ];

    private static string[] Row(PreviewedBlock block) =>
    [
        block.Block, Text($"{block.Steps}"), DurationText.Of(block.DurationS), Text($"{block.ChargeMah:0.####} mAh"), Text($"{block.DischargeMah:0.####} mAh"), Text($"{block.Records}"),
    ];

    private static string Lasts(double seconds, bool known) => known ? DurationText.Of(seconds) : "unknown";

    private static string Figure(double? percent, bool doubtful) => percent is { } value ? Text($"{value:0.00}{(doubtful ? "!" : "")}") : "";

    private static string Date(DateTimeOffset utc, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(utc, zone).ToString("ddd yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
