using CellLab.Service.Offline.Foreign.Impedance;
using CellLab.Service.Offline.Foreign.Tables;
using CellLab.Service.Offline.Foreign.Text;

namespace CellLab.Service.Offline.Foreign.Cyclers;

/// <summary>Text layouts of cyclers, each known by its header row.</summary>
internal static class CyclerFormats
{
    public const string Bdf = "bdf-csv";

    private const int BdfWordsToBelieve = 2;

    /// <summary>Words of the format that other makers' exports have too.</summary>
    private static readonly string[] s_anybodysWords = ["Step ID", "Step Type", "step_id", "step_type", "step_index"];

    public static ForeignTable? TryOpen(TextSource source) =>
        (ForeignTable?)BdfTable(source) ?? LandTable(source) ?? NewareLayeredTable.TryOpen(source) ?? (ForeignTable?)NewareTable(source);

    /// <summary>A cycler's table that lacks one of the columns it needs, so that the missing one can be named.</summary>
    public static ForeignTable? TryIncomplete(TextSource source)
    {
        DelimitedLayout? layout = LayoutSearch.Find(
            source, "neware-csv", _ => (NewareColumns.Rules, CounterScope.Step), columns => MissingOf(columns).Length == 1 && columns.Count > 2, NewareColumns.StepTypeKeys);
        return layout is null ? null : new DelimitedTable(source, layout);
    }

    /// <summary>What a table lacks to be integrated.</summary>
    public static string[] MissingOf(IReadOnlySet<Quantity> columns)
    {
        bool timed = columns.Contains(Quantity.TestSeconds) || columns.Contains(Quantity.StepSeconds) || columns.Contains(Quantity.UnixSeconds);
        (bool There, string Name)[] needed = [(timed, "time"), (columns.Contains(Quantity.Volts), "voltage"), (columns.Contains(Quantity.Amperes), "current")];
        return [.. needed.Where(column => !column.There).Select(column => column.Name)];
    }

    public static bool IsBdfWord(string header) =>
        BdfLabels.Preferred.Contains(header) || BdfLabels.ByMachineName.ContainsKey(header) || BdfLabels.Deprecated.ContainsKey(header);

    private static DelimitedTable? BdfTable(TextSource source)
    {
        DelimitedLayout? layout = LayoutSearch.Find(
            source, Bdf,
            headers => headers.Count(IsBdfWord) >= BdfWordsToBelieve && headers.Except(s_anybodysWords).Any(IsBdfWord) ? BdfColumns.For(headers.Select(HeaderName.Parse)) : null,
            _ => true,
            BdfColumns.StepTypeKeys);
        return layout is null ? null : new DelimitedTable(source, layout);
    }

    private static DelimitedTable? LandTable(TextSource source)
    {
        DelimitedLayout? layout =
            LayoutSearch.Find(source, "land-csv", _ => (LandColumns.Csv, CounterScope.Step), IsCycler, "stepname")
            ?? LayoutSearch.Find(source, "land-txt", _ => (LandColumns.Text, CounterScope.Step), IsCycler, "state");
        return layout is null ? null : new DelimitedTable(source, layout);
    }

    private static DelimitedTable? NewareTable(TextSource source)
    {
        DelimitedLayout? layout = LayoutSearch.Find(
            source, "neware-csv", _ => (NewareColumns.Rules, CounterScope.Step), IsCycler, NewareColumns.StepTypeKeys);
        if (layout is null || (layout.Map.StepTypeField < 0 && !layout.Map.Quantities.Contains(Quantity.StepId)))
        {
            layout = LayoutSearch.Find(source, "cycler-csv", _ => (NewareColumns.WithoutSteps, CounterScope.Test), IsCycler);
        }

        if (layout is not null && ImpedanceFormats.IsSpectrum(layout.Map.Quantities) && ImpedanceFormats.HoldsSpectraAlone(new DelimitedTable(source, layout)))
        {
            return null; // time, potential and current of its points are no cycling
        }

        bool arbin = source.Head.Any(line => line.Contains("Test_Time", StringComparison.Ordinal) || line.Contains("Cycle_Index", StringComparison.Ordinal));
        return layout is null ? null
            : arbin ? new DelimitedTable(source, layout with { Format = "arbin-csv", Scope = CounterScope.Schedule, WithoutUnit = WithoutUnit(layout.Map) })
            : new DelimitedTable(source, layout with { WithoutUnit = WithoutUnit(layout.Map) });
    }

    private static string[] WithoutUnit(ColumnMap map) =>
    [
        .. map.Columns.Where(column => column.Dimension is Dimension.Volts or Dimension.Amperes or Dimension.AmpereHours or Dimension.WattHours
            && HeaderName.Parse(column.Header).Unit is null).Select(column => column.Header),
    ];

    /// <summary>Enough to integrate.</summary>
    public static bool IsCycler(IReadOnlySet<Quantity> columns) => MissingOf(columns).Length == 0;
}
