using System.Globalization;
using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Storage;

namespace CellLab.Storage.Export;

/// <summary>The ion currents of a job by mass, each mass with its own times (s since an origin).</summary>
internal sealed class IonTable
{
    private readonly SortedDictionary<double, List<(double Seconds, double Amperes)>> _columns = [];

    private IonTable()
    {
    }

    /// <summary>Names as ixdat has them, <c>M32</c>, rising.</summary>
    public IReadOnlyList<string> Masses => [.. _columns.Keys.Select(mz => string.Create(CultureInfo.InvariantCulture, $"M{mz:R}"))];

    public int Rows => _columns.Values.Select(column => column.Count).DefaultIfEmpty(0).Max();

    public static async Task<IonTable> ReadAsync(IJournal journal, JobId job, DateTimeOffset origin, CancellationToken cancellationToken)
    {
        var table = new IonTable();
        (_, long last) = await journal.CountCompanionsAsync(job, Streams.MassSpectrometer, cancellationToken);
        await foreach (CompanionRow row in RecordPages.ReadCompanionsAsync(journal, job, Streams.MassSpectrometer, last, cancellationToken))
        {
            var ion = (IonBody)row.Body;
            if (!table._columns.TryGetValue(ion.MassToCharge, out List<(double Seconds, double Amperes)>? column))
            {
                column = [];
                table._columns.Add(ion.MassToCharge, column);
            }

            column.Add(((row.TakenAtUtc - origin).TotalSeconds, ion.IonCurrentAmperes));
        }

        return table;
    }

    /// <summary>Time and current of each mass; empty where the mass has fewer rows.</summary>
    public void WriteRow(CsvLine line, int row)
    {
        foreach (List<(double Seconds, double Amperes)> column in _columns.Values)
        {
            bool there = row < column.Count;
            line.Exact(there ? column[row].Seconds : null).Exact(there ? column[row].Amperes : null);
        }
    }
}
