using System.Globalization;
using System.Text.RegularExpressions;
using CellLab.Analysis.Dems;
using CellLab.Service.Offline.Foreign.Text;

namespace CellLab.Service.Offline.Foreign.Masses;

/// <summary>CSV written by ixdat: a header with <c>N_header_lines</c>, then columns of which each belongs to a time column and may end earlier than others.</summary>
internal static partial class IxdatFile
{
    private static readonly string[] PotentialNames = ["raw_potential", "raw potential", "Ewe", "<Ewe>", "potential", "WE(1).Potential", "U_", "E_"];
    private static readonly string[] CurrentNames = ["raw_current", "raw current", "<I>", "I/", "current", "WE(1).Current", "I_"];

    public static MassFile? TryOpen(TextSource source, FindingLog log)
    {
        if (IxdatHeader.TryRead(source.Head) is not { } header)
        {
            return null;
        }

        if (header.Lines < 1)
        {
            throw new ForeignFileException($"{source.Path}: an ixdat file without 'N_header_lines = N'; export it again");
        }

        NumberColumns table = NumberColumns.Read(source, header.Lines - 1, ',', decimalComma: false, _ => true, log);
        return header.Technique.Contains("spectr", StringComparison.Ordinal) ? Spectra(table, header) : Measurement(table, header, log);
    }

    private static MassFile Measurement(NumberColumns table, IxdatHeader header, FindingLog log)
    {
        List<string> names = [.. table.Headers];
        foreach (int time in header.TimeOf.Values.Distinct().Select(name => names.IndexOf(name)).Where(column => column >= 0))
        {
            table.CheckTime(time, log);
        }

        var masses = new Dictionary<string, TimedSeries>();
        foreach ((string mz, string column) in MassColumns(names, header))
        {
            if (SeriesOf(table, names, header, column, log) is { } series)
            {
                masses.TryAdd(mz, series);
            }
        }

        TimedSeries? current = Named(table, names, header, CurrentNames, log, out string currentName);
        TimedSeries? potential = Named(table, names, header, PotentialNames, log, out string potentialName);
        return new MassFile("ixdat-csv", table.Rows, masses)
        {
            Amperes = current?.Select((_, value) => value * (IsWholeAmpere().IsMatch(currentName) ? 1 : 1e-3)),
            Volts = potential?.Select((_, value) => value * (potentialName.Contains("mV", StringComparison.Ordinal) ? 1e-3 : 1)),
        };
    }

    /// <summary>Columns named M32, M32-y or M32 / [A], or that go by such a name.</summary>
    private static IEnumerable<(string Mz, string Column)> MassColumns(List<string> names, IxdatHeader header) =>
        names.Where(name => !header.TimeOf.ContainsValue(name) && MassName().IsMatch(name)).Select(name => (MassName().Match(name).Groups[1].Value, name))
            .Concat(header.Aliases.Where(alias => AliasName().IsMatch(alias.Key) && names.Contains(alias.Value)).Select(alias => (alias.Key[1..], alias.Value)));

    private static TimedSeries? Named(NumberColumns table, List<string> names, IxdatHeader header, string[] wanted, FindingLog log, out string found)
    {
        foreach (string name in wanted)
        {
            found = header.Aliases.TryGetValue(name, out string? alias) && names.Contains(alias)
                ? alias
                : names.Find(column => column.StartsWith(name, StringComparison.Ordinal) && header.TimeOf.ContainsKey(column)) ?? "";
            if (found.Length > 0)
            {
                return SeriesOf(table, names, header, found, log);
            }
        }

        found = "";
        return null;
    }

    private static TimedSeries? SeriesOf(NumberColumns table, List<string> names, IxdatHeader header, string column, FindingLog log)
    {
        if (header.TimeOf.TryGetValue(column, out string? time) && names.IndexOf(time) is >= 0 and var timeColumn)
        {
            return new TimedSeries(table[timeColumn].Zip(table[names.IndexOf(column)]));
        }

        log.Error(ForeignCodes.MissingColumn, null, column, string.Create(CultureInfo.InvariantCulture, $"no time column is named for '{column}'; it is left out"));
        return null;
    }

    private static MassFile Spectra(NumberColumns table, IxdatHeader header)
    {
        double[] across = [.. table.Headers.Skip(1).Select(name => FieldValue.TryNumber(name, false, out double value) ? value : double.NaN)];
        var sweeps = new List<MassSweep>();
        if (!across.All(double.IsFinite))
        {
            sweeps.Add(new MassSweep(null, [.. table[0].Zip(table[Math.Min(1, table.Headers.Count - 1)])]));
        }
        else if (header.TimeDown)
        {
            sweeps.AddRange(Enumerable.Range(0, table.Rows).Select(row => new MassSweep(table[0][row], [.. across.Select((mz, column) => (mz, table[column + 1][row]))])));
        }
        else
        {
            sweeps.AddRange(across.Select((time, column) => new MassSweep(time, [.. table[0].Zip(table[column + 1])])));
        }

        return new MassFile("ixdat-spectra", table.Rows, new Dictionary<string, TimedSeries>()) { Sweeps = [.. sweeps.Where(sweep => sweep.Points.Count > 0)] };
    }

    [GeneratedRegex(@"^M(\d+(?:\.\d+)?)(?:-y)?(?: / \[A\])?$")]
    private static partial Regex MassName();

    /// <summary>Currents are in mA, as ixdat keeps them, unless the name says ampere.</summary>
    [GeneratedRegex(@"(/ ?\[?A\]?|\(A\))$")]
    private static partial Regex IsWholeAmpere();

    [GeneratedRegex(@"^M\d+(\.\d+)?$")]
    private static partial Regex AliasName();
}
