using System.Globalization;
using CellLab.Analysis.Dems;
using CellLab.Service.Offline.Foreign.Tables;
using CellLab.Service.Offline.Foreign.Text;

namespace CellLab.Service.Offline.Foreign.Masses;

/// <summary>Exports of Pfeiffer's PV MassSpec (PrismaPro): some lines of preamble, then a tab-separated table with <c>Time Relative (sec)</c>. Columns
/// <c>32_amu</c>: ion currents of single masses (<c>- Bin.dat</c>). Columns that are numbers: one sweep a row (<c>- Scan.dat</c>). Unverified.</summary>
internal static class PvMassSpecFile
{
    private const string TimeHeader = "Time Relative (sec)";
    private const int FewestSweepPoints = 3;

    public static MassFile? TryOpen(TextSource source, FindingLog log)
    {
        int header = source.Head.ToList().FindIndex(line => line.Contains(TimeHeader, StringComparison.Ordinal));
        if (header < 0)
        {
            return null;
        }

        char delimiter = source.Head[header].Contains('\t', StringComparison.Ordinal) ? '\t' : source.Head[header].Contains(';', StringComparison.Ordinal) ? ';' : ',';
        bool comma = LayoutSearch.HasDecimalComma(source, header, delimiter);
        NumberColumns table = NumberColumns.Read(source, header, delimiter, comma, name => MassOf(name) is not null || name.Contains(TimeHeader, StringComparison.Ordinal), log);
        int time = table.Headers.ToList().FindIndex(name => name.Contains(TimeHeader, StringComparison.Ordinal));
        table.CheckTime(time, log);
        var masses = new Dictionary<string, TimedSeries>();
        for (int column = 0; column < table.Headers.Count; column++)
        {
            if (MassOf(table.Headers[column]) is { } mz)
            {
                masses.TryAdd(mz, new TimedSeries(table[time].Zip(table[column])));
            }
        }

        return new MassFile(masses.Count > 0 ? "pvmassspec-bin" : "pvmassspec-scan", table.Rows, masses) { Sweeps = masses.Count > 0 ? [] : Sweeps(table, time, comma) };
    }

    /// <summary>The mass of a header such as <c>32_amu</c>, <c>44.00_amu_2</c>; null for others.</summary>
    private static string? MassOf(string header)
    {
        int mark = header.IndexOf("_amu", StringComparison.Ordinal);
        return mark > 0 && double.TryParse(header.AsSpan(0, mark), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double mz)
            ? mz.ToString(CultureInfo.InvariantCulture)
            : null;
    }

    private static List<MassSweep> Sweeps(NumberColumns table, int time, bool comma)
    {
        (int Column, double Mz)[] axis =
        [
            .. table.Headers.Select((name, column) => (column, Mz: FieldValue.TryNumber(name, comma, out double mz) ? mz : double.NaN))
                .Where(entry => double.IsFinite(entry.Mz) && entry.column != time),
        ];
        var sweeps = new List<MassSweep>();
        for (int row = 0; row < table.Rows && axis.Length >= FewestSweepPoints; row++)
        {
            (double, double)[] points = [.. axis.Select(entry => (entry.Mz, table[entry.Column][row])).Where(point => double.IsFinite(point.Item2))];
            if (points.Length >= FewestSweepPoints)
            {
                sweeps.Add(new MassSweep(double.IsFinite(table[time][row]) ? table[time][row] : null, points));
            }
        }

        return sweeps;
    }
}
