using CellLab.Analysis.Cycling;
using CellLab.Core.Samples;
using CellLab.Service.Offline.Foreign;
using CellLab.Service.Offline.Foreign.Cyclers;
using CellLab.Service.Offline.Foreign.Tables;

namespace CellLab.Service.Offline.Analyze;

/// <summary>One pass over a cycler file.</summary>
internal static class CyclingFile
{
    /// <param name="listener">Sees every row as it passes.</param>
    public static CyclingFileResult Analyze(ForeignTable table, AnalyzeSettings settings, FindingLog log, Action<ForeignRow> listener)
    {
        CyclerPreview preview = CyclerPreview.Of(table);
        preview.Report(table, log);
        BdfRules? rules = table.Format == CyclerFormats.Bdf ? new BdfRules(table, log, preview.UsualIntervalSeconds) : null;
        TimeScaleCheck[] clocks = [.. Elapsed(table).Select(quantity => new TimeScaleCheck(quantity))];
        // The threshold is max(3 record intervals, 60 s); the longest usual interval of the file stands for the rule it was recorded by.
        var cycling = new CyclingSettings(0, LeadingDirection.Charge, preview.LongIntervalSeconds);
        var collector = new CyclingCollector(cycling, settings.DqDv.BinVolts, log);
        GittCollector? gitt = settings.Gitt is { } input ? new GittCollector(input, table, preview) : null;
        var reader = new CyclerReader(table, preview, log);
        long rows = 0;
        foreach (ForeignRow row in table.Rows(log))
        {
            rows = row.Index + 1;
            listener(row);
            rules?.Check(row);
            foreach (TimeScaleCheck clock in clocks)
            {
                clock.Add(row);
            }

            if (reader.TryRead(row, out CyclingRecord record, out RowPlace place))
            {
                collector.Add(record, place);
                gitt?.Add(record, place);
            }
        }

        collector.Finish();
        preview.ReportLength(table, collector.Steps.Select(step => step.EndSeconds).DefaultIfEmpty(0).Max(), log);
        rules?.Finish();
        foreach (TimeScaleCheck clock in clocks)
        {
            clock.Report(table, log);
        }

        return new CyclingFileResult(CyclingSectionBuilder.Build(collector.Steps, settings.Cycling, settings.DqDv), gitt?.Finish(), rows);
    }

    private static IEnumerable<Quantity> Elapsed(ForeignTable table) => table.Has(Quantity.UnixSeconds)
        ? new[] { Quantity.TestSeconds, Quantity.StepSeconds }.Where(table.Has)
        : [];
}

/// <param name="Rows">Data rows.</param>
internal sealed record CyclingFileResult(CyclingSection Cycling, GittSection? Gitt, long Rows);
