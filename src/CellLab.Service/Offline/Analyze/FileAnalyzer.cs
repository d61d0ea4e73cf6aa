using CellLab.Analysis.Dems;
using CellLab.Core.Documents;
using CellLab.Service.Offline.Foreign;
using CellLab.Service.Offline.Foreign.Cyclers;
using CellLab.Service.Offline.Foreign.Impedance;
using CellLab.Service.Offline.Foreign.Masses;
using CellLab.Service.Offline.Foreign.Patterns;
using CellLab.Service.Offline.Foreign.Tables;

namespace CellLab.Service.Offline.Analyze;

/// <summary>Analyses one file that a lab already has, without a service.</summary>
public static class FileAnalyzer
{
    /// <param name="settingsFolder">Where files named in the settings are looked for first; null: beside the data.</param>
    /// <exception cref="ForeignFileException">The file is of no known layout.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static AnalyzeResult Analyze(string path, AnalyzeSettings settings, IReadOnlyList<Finding> settingsWarnings, string? settingsFolder = null)
    {
        var log = new FindingLog();
        foreach (Finding warning in settingsWarnings)
        {
            log.Warning(ForeignCodes.Settings, null, null, warning.ToString());
        }

        try
        {
            return Any(path, settings, settingsFolder, log);
        }
        catch (InvalidDataException damaged)
        {
            throw new ForeignFileException($"{path}: the packed file is damaged ({damaged.Message}); pack or copy it again");
        }
    }

    private static AnalyzeResult Any(string path, AnalyzeSettings settings, string? settingsFolder, FindingLog log)
    {
        ForeignFile file = ForeignFiles.Open(path, log);
        if (PackedFile.IsCutOff(path))
        {
            log.Error(ForeignCodes.CutOff, null, null, "the packed file is cut off: what stands here is of its beginning alone; copy it again");
        }

        return file.Masses is { } masses ? Gas(path, masses, settings, settingsFolder, log)
            : file.Pattern is { } pattern ? Pattern(path, pattern, settings, log)
            : Table(path, file.Table!, settings, log);
    }

    private static AnalyzeResult Table(string path, ForeignTable table, AnalyzeSettings settings, FindingLog log)
    {
        BdfHeaderCheck.Report(table, log);
        bool spectrum = ImpedanceFormats.IsSpectrum(table.Columns);
        var points = new SpectrumRows(table, spectrum, log);
        CyclingFileResult? cycling = null;
        long rows = 0;
        if (CyclerFormats.IsCycler(table.Columns) && !(spectrum && ImpedanceFormats.HoldsSpectraAlone(table)))
        {
            cycling = CyclingFile.Analyze(table, settings, log, points.Add);
            rows = cycling.Rows;
        }
        else
        {
            NoteMissing(table, spectrum, log);
            foreach (ForeignRow row in table.Rows(log))
            {
                rows = row.Index + 1;
                points.Add(row);
            }
        }

        return new AnalyzeResult
        {
            File = new FileEntry(Path.GetFileName(path), table.Format, rows),
            Cycling = cycling?.Cycling,
            Gitt = cycling?.Gitt,
            Eis = points.Points.Count > 0 ? EisSectionBuilder.Build(points.Points, settings.Eis, log) : null,
            Findings = [.. log.ToList().Select(FindingEntry.Of)],
        };
    }

    private static void NoteMissing(ForeignTable table, bool spectrum, FindingLog log)
    {
        if (spectrum || table.Format == CyclerFormats.Bdf)
        {
            return; // the header check has named it
        }

        string[] missing = CyclerFormats.MissingOf(table.Columns);
        if (missing.Length == 1)
        {
            log.Error(ForeignCodes.MissingColumn, null, missing[0], $"no column for the {missing[0]}, and nothing can be integrated without; export it again with that column");
        }
        else
        {
            log.Error(ForeignCodes.MissingColumn, null, null,
                $"a spectrum needs frequency, real and imaginary part, cycling needs time, voltage and current; of these the file has {(table.Columns.Count == 0 ? "nothing" : string.Join(", ", table.Columns))}");
        }
    }

    private static AnalyzeResult Pattern(string path, PatternFile file, AnalyzeSettings settings, FindingLog log)
    {
        XrdSection section = XrdSectionBuilder.Build(file, settings.Xrd, log);
        return new AnalyzeResult
        {
            File = new FileEntry(Path.GetFileName(path), file.Format, file.Degrees.Count),
            Xrd = section,
            Findings = [.. log.ToList().Select(FindingEntry.Of)],
        };
    }

    private static AnalyzeResult Gas(string path, MassFile file, AnalyzeSettings settings, string? settingsFolder, FindingLog log)
    {
        DemsInput input = settings.Dems;
        (TimedSeries? volts, TimedSeries? amperes) = input.Electrochemistry is { } name
            ? CellTrace.Read(name, settingsFolder, Path.GetDirectoryName(Path.GetFullPath(path))!, log)
            : (file.Volts, file.Amperes);
        double? constant = amperes is null ? input.CurrentMa * 1e-3 : null;
        DemsSection section = DemsSectionBuilder.Build(file, new Electrochemistry(volts, amperes, constant, input.ChargeSpan), input, log);
        return new AnalyzeResult
        {
            File = new FileEntry(Path.GetFileName(path), file.Format, file.Rows),
            Dems = section.Masses.Count > 0 || section.Sweeps.Count > 0 ? section : null,
            Findings = [.. log.ToList().Select(FindingEntry.Of)],
        };
    }
}
