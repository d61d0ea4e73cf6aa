using CellLab.Analysis.Cycling;
using CellLab.Analysis.Dems;
using CellLab.Service.Offline.Foreign;
using CellLab.Service.Offline.Foreign.Cyclers;
using CellLab.Service.Offline.Foreign.Tables;

namespace CellLab.Service.Offline.Analyze;

/// <summary>Potential and current of the cell from a second file, on its own time axis.</summary>
internal static class CellTrace
{
    public static (TimedSeries? Volts, TimedSeries? Amperes) Read(string name, string? settingsFolder, string dataFolder, FindingLog log)
    {
        string path = new[] { settingsFolder, dataFolder }.OfType<string>().Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists) ?? name;
        if (!File.Exists(path))
        {
            throw new ForeignFileException($"settings, dems.electrochemistry: there is no file {name} beside the settings or the data");
        }

        ForeignFile file = ForeignFiles.Open(path, log);
        if (file.Masses is { } masses)
        {
            return (masses.Volts, masses.Amperes);
        }

        if (file.Table is not { } table || !CyclerFormats.IsCycler(table.Columns))
        {
            throw new ForeignFileException($"{path}: this electrochemistry file has no time, voltage and current");
        }

        var volts = new List<(double, double)>();
        var amperes = new List<(double, double)>();
        var reader = new CyclerReader(table, CyclerPreview.Of(table), log);
        foreach (ForeignRow row in table.Rows(log))
        {
            if (reader.TryRead(row, out CyclingRecord record, out RowPlace place))
            {
                volts.Add((place.TestSeconds, record.Volts));
                amperes.Add((place.TestSeconds, record.Amperes));
            }
        }

        return (new TimedSeries(volts), new TimedSeries(amperes));
    }
}
