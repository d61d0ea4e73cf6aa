using CellLab.Core.Jobs;

namespace CellLab.Storage.Export;

/// <summary><c>cycles-csv</c>: one row a cycle, columns as in the REST answer <c>/cycles</c>, comma-separated like the tables of records.</summary>
public static class CyclesCsvExport
{
    /// <summary>Columns that every table begins with; a caller may add more after them.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "cycle", "block", "pass", "rate_c", "charge_mah_g", "discharge_mah_g", "coulombic_efficiency_percent", "energy_efficiency_percent",
        "mean_charge_voltage_v", "mean_discharge_voltage_v", "complete",
    ];

    /// <param name="segments">Of the job; tell the instrument in the file's name.</param>
    /// <exception cref="ArgumentException">The table does not begin with <see cref="Columns"/>, or a row has another number of cells.</exception>
    public static ExportFile Prepare(ExportContext context, Job job, IReadOnlyList<Segment> segments, CsvTable table)
    {
        if (!table.Columns.Take(Columns.Count).SequenceEqual(Columns) || table.Rows.Any(row => row.Count != table.Columns.Count))
        {
            throw new ArgumentException($"a table of cycles begins with {string.Join(',', Columns)} and every row has a cell for each column", nameof(table));
        }

        string stem = ExportNames.Stem(context, job, segments.Count > 0 ? segments[^1] : null);
        return new ExportFile(stem + ".cycles.csv", (target, cancellationToken) => WriteAsync(table, target, cancellationToken));
    }

    private static async Task WriteAsync(CsvTable table, Stream target, CancellationToken cancellationToken)
    {
        await using var line = new CsvLine(target);
        foreach (string column in table.Columns)
        {
            line.Text(column);
        }

        await line.EndAsync(cancellationToken);
        foreach (IReadOnlyList<object?> row in table.Rows)
        {
            foreach (object? cell in row)
            {
                Write(line, cell);
            }

            await line.EndAsync(cancellationToken);
        }

        await line.FlushAsync(cancellationToken);
    }

    private static void Write(CsvLine line, object? cell) => _ = cell switch
    {
        null => line.Text(null),
        string text => line.Text(text),
        bool yes => line.Text(yes ? "true" : "false"),
        int number => line.Integer(number),
        long number => line.Integer(number),
        double number => line.Value(number),
        _ => throw new ArgumentException($"a cell of type {cell.GetType().Name} cannot stand in a table"),
    };
}
