using System.Globalization;
using CellLab.Service.Offline.Foreign.Tables;
using CellLab.Service.Offline.Foreign.Text;

namespace CellLab.Service.Offline.Foreign.Impedance;

/// <summary>Text layouts of potentiostats. Layouts and their sources: docs/reference/foreign-formats.md.</summary>
internal static class ImpedanceFormats
{
    private const int MostPreambleLines = 20_000;

    private static readonly ColumnRule[] BioLogicColumns =
    [
        .. ImpedanceColumns.Named,
        new(Quantity.TestSeconds, Dimension.Seconds, "time"),
        new(Quantity.Volts, Dimension.Volts, "ewe", "ecell", "<ewe>", "u", "ewe-ece"),
        new(Quantity.Amperes, Dimension.Amperes, "<i>", "i"),
        new(Quantity.Cycle, Dimension.Number, "cyclenumber", "zcycle"),
        new(Quantity.StepId, Dimension.Number, "ns"),
        new(Quantity.NetAh, Dimension.AmpereHours, "(q-qo)"),
    ];

    private static readonly ColumnRule s_dated = new(Quantity.UnixSeconds, Dimension.Seconds, "time");

    public static ForeignTable? TryOpen(TextSource source) => BioLogic(source) ?? Gamry(source) ?? ZPlot(source);

    /// <summary>Any text with named columns for frequency, real and imaginary part, or three columns of numbers in that order.</summary>
    public static ForeignTable? TryPlain(TextSource source)
    {
        DelimitedLayout? layout = LayoutSearch.Find(source, "eis-csv", _ => (ImpedanceColumns.Named, CounterScope.Test), IsSpectrum) ?? ImpedanceColumns.Primed(source) ?? Bare(source);
        string format = layout?.Delimiter == ';' || source.Head.Any(line => line.Contains("Z' (", StringComparison.Ordinal)) ? "autolab-txt" : "eis-csv";
        return layout is null ? null : new DelimitedTable(source, layout with { Format = format });
    }

    /// <summary>Frequency with both parts, or with modulus and phase.</summary>
    public static bool IsSpectrum(IReadOnlySet<Quantity> columns) => columns.Contains(Quantity.Hertz)
        && ((columns.Contains(Quantity.RealOhm) && columns.Contains(Quantity.ImaginaryOhm)) || (columns.Contains(Quantity.ModulusOhm) && columns.Contains(Quantity.PhaseDegrees)));

    /// <summary>Every row is a frequency point.</summary>
    public static bool HoldsSpectraAlone(ForeignTable table) => table.Rows(new FindingLog()).All(row => row[Quantity.Hertz] > 0);

    /// <summary><c>EC-Lab ASCII FILE</c>, then <c>Nb header lines : N</c>; line N holds the tab-separated headers.</summary>
    private static DelimitedTable? BioLogic(TextSource source)
    {
        bool named = source.Head.Count > 1 && source.Head[0].Contains("ASCII FILE", StringComparison.OrdinalIgnoreCase);
        string count = named ? source.Head[1][(source.Head[1].IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() : "";
        if (!int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int lines) || lines < 1 || lines > MostPreambleLines)
        {
            return named ? throw new ForeignFileException(
                $"{source.Path}, line 2: expected 'Nb header lines : N' of an EC-Lab file, found '{(source.Head.Count > 1 ? source.Head[1] : "")}'; export it again") : null;
        }

        string[] head = [.. source.Lines().Skip(lines - 1).Take(6)];
        if (head.Length == 0)
        {
            throw new ForeignFileException($"{source.Path}: the file ends within its {lines} header lines; export it again");
        }

        string[] headers = head[0].Split('\t');
        ColumnMap map = ColumnMap.Resolve(headers, IsDated(headers, head.Skip(1)) ? [s_dated, .. BioLogicColumns] : BioLogicColumns);
        bool comma = head.Skip(1).Any(line => line.Contains(',', StringComparison.Ordinal)) && !head.Skip(1).Any(line => line.Contains('.', StringComparison.Ordinal));
        return new DelimitedTable(source, new DelimitedLayout("biologic-mpt", lines - 1, 0, '\t', comma, map, CounterScope.Test, head[0].TrimEnd().Split('\t').Length));
    }

    /// <summary>EC-Lab writes <c>time/s</c> as date and time of day where it was asked for absolute times.</summary>
    private static bool IsDated(string[] headers, IEnumerable<string> rows)
    {
        int time = Array.FindIndex(headers, header => header.StartsWith("time/", StringComparison.Ordinal));
        return time >= 0 && rows.Select(row => row.Split('\t')).Any(fields => fields.Length > time && fields[time].Contains('/', StringComparison.Ordinal));
    }

    /// <summary>The table <c>ZCURVE</c>: header, units, then rows that begin with a tab, up to its end or <c>EXPERIMENTABORTED</c>.</summary>
    private static DelimitedTable? Gamry(TextSource source)
    {
        if (!source.Head.Take(3).Any(line => line.StartsWith("EXPLAIN", StringComparison.OrdinalIgnoreCase) || line.StartsWith("TAG", StringComparison.Ordinal)))
        {
            return null;
        }

        (string Line, int Number) curve = source.Lines().Select((line, number) => (line, number)).Take(MostPreambleLines)
            .FirstOrDefault(line => line.line.StartsWith("ZCURVE", StringComparison.Ordinal));
        if (curve.Line is null)
        {
            throw new ForeignFileException($"{source.Path}: a Gamry file without the table ZCURVE; only impedance files are read");
        }

        string[] rows = [.. source.Lines().Skip(curve.Number + 1).Take(4)];
        string[] headers = rows.Length > 0 ? rows[0].TrimEnd().Split('\t') : [];
        ColumnMap map = ColumnMap.Resolve(headers, ImpedanceColumns.Named);
        bool comma = rows.Skip(2).Any(row => row.Contains(',', StringComparison.Ordinal));
        return new DelimitedTable(source, new DelimitedLayout("gamry-dta", curve.Number + 1, 1, '\t', comma, map, CounterScope.Test, headers.Length) { LinePrefix = "\t" });
    }

    /// <summary>Scribner's ZPlot: comments with or without an end mark; columns Freq, Ampl, Bias, Time, Z', Z'', ...</summary>
    private static DelimitedTable? ZPlot(TextSource source)
    {
        int header = -1, end = -1;
        for (int line = 0; line < source.Head.Count; line++)
        {
            header = source.Head[line].Contains("Freq(Hz)", StringComparison.OrdinalIgnoreCase) && source.Head[line].Contains("(a)", StringComparison.Ordinal) ? line : header;
            end = source.Head[line].Contains("End Comments", StringComparison.OrdinalIgnoreCase) ? line : end;
        }

        int last = Math.Max(header, end);
        if (last < 0 || last + 1 >= source.Head.Count)
        {
            return null;
        }

        char delimiter = source.Head[last + 1].Contains('\t', StringComparison.Ordinal) ? '\t' : source.Head[last + 1].Contains(',', StringComparison.Ordinal) ? ',' : ' ';
        var fields = new FieldSplitter(delimiter);
        fields.Split(source.Head[last + 1]);
        string[] names = ["Freq(Hz)", "Ampl", "Bias", "Time(Sec)", "Z'(a)", "Z''(b)"];
        return fields.Count < names.Length ? null : new DelimitedTable(source, new DelimitedLayout(
            "zplot", last, 0, delimiter, LayoutSearch.HasDecimalComma(source, last, delimiter), ColumnMap.Resolve(names, ImpedanceColumns.Named), CounterScope.Test, fields.Count));
    }

    /// <summary>Numbers alone, below remarks at most: frequency, real part, imaginary part.</summary>
    private static DelimitedLayout? Bare(TextSource source)
    {
        int remarks = source.Head.TakeWhile(line => string.IsNullOrWhiteSpace(line) || line.TrimStart()[0] is '#' or '%').Count();
        foreach (char delimiter in source.Head.Count > remarks ? new[] { ',', '\t', ';', ' ' } : [])
        {
            var fields = new FieldSplitter(delimiter);
            fields.Split(source.Head[remarks]);
            bool comma = delimiter is ';' or '\t' && LayoutSearch.HasDecimalComma(source, remarks - 1, delimiter);
            bool numbers = fields.Count == 3 && Enumerable.Range(0, 3).All(field => FieldValue.TryNumber(fields[field], comma, out _));
            if (numbers)
            {
                return new DelimitedLayout("eis-csv", remarks - 1, 0, delimiter, comma, ColumnMap.Resolve(["freq", "re", "im"], ImpedanceColumns.Named), CounterScope.Test, 3);
            }
        }

        return null;
    }
}
