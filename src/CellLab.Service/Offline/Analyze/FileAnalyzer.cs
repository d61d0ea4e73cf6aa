using CellLab.Core.Documents;
using CellLab.Service.Offline.Foreign;
using CellLab.Service.Offline.Foreign.Cyclers;
using CellLab.Service.Offline.Foreign.Tables;

namespace CellLab.Service.Offline.Analyze;

/// <summary>Analyses one file that a lab already has, without a service.</summary>
public static class FileAnalyzer
{
    /// <exception cref="ForeignFileException">The file is of no known layout.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static AnalyzeResult Analyze(string path, AnalyzeSettings settings, IReadOnlyList<Finding> settingsWarnings)
    {
        var log = new FindingLog();
        foreach (Finding warning in settingsWarnings)
        {
            log.Warning(ForeignCodes.Settings, null, null, warning.ToString());
        }

        ForeignTable table = ForeignFiles.OpenTable(path);
        BdfHeaderCheck.Report(table, log);
        CyclingSection? cycling = null;
        long rows = 0;
        if (CyclerFormats.IsCycler(table.Columns))
        {
            (cycling, rows) = CyclingFile.Analyze(table, settings, log, _ => { });
        }
        else
        {
            rows = table.Rows(log).LongCount();
        }

        return new AnalyzeResult
        {
            File = new FileEntry(Path.GetFileName(path), table.Format, rows),
            Findings = [.. log.ToList().Select(FindingEntry.Of)],
            Cycling = cycling,
        };
    }
}
