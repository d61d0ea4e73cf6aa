using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Storage.Sqlite;

namespace CellLab.Storage.Archiving;

/// <summary>A job's rows of the journal as lines of JSON: <c>["events", 12, ..., null]</c>, the table's name and then its columns in their order.
/// Numbers with a point are real ones; they have as many digits as bring the same number back.</summary>
internal static class JournalDump
{
    /// <summary>For people to read; nothing of it goes into a web page.</summary>
    private static readonly JsonSerializerOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>All lines as of one moment. A job has some thousand of them, not millions: records are elsewhere.</summary>
    public static string Read(Database database, JobId job)
    {
        database.Execute("BEGIN");
        try
        {
            return Write(database, job);
        }
        finally
        {
            database.Execute("COMMIT");
        }
    }

    /// <summary>The same within a transaction.</summary>
    public static string Write(Database database, JobId job)
    {
        var text = new StringBuilder();
        foreach (JournalTable table in JournalTable.All)
        {
            Write(database, table, job, text);
        }

        return text.ToString();
    }

    /// <summary>The lines that have to be put back, each with its table.</summary>
    /// <exception cref="StorageException">A line is not one of such a dump.</exception>
    public static IReadOnlyList<(string Table, JsonElement[] Values)> Read(string file)
    {
        var rows = new List<(string Table, JsonElement[] Values)>();
        foreach (string line in File.ReadLines(file))
        {
            JsonElement[] values = Parse(file, line);
            string name = values[0].GetString() ?? "";
            JournalTable table = JournalTable.All.FirstOrDefault(table => table.Name == name)
                ?? throw new StorageException($"{file}: there is no table '{name}'; a newer program wrote this archive. Use that one.");
            if (table.Leaves)
            {
                rows.Add((name, values[1..]));
            }
        }

        return rows;
    }

    /// <summary>Within the writer's transaction; a row that is there already is replaced by itself.</summary>
    public static void Put(Database database, IEnumerable<(string Table, JsonElement[] Values)> rows)
    {
        foreach (IGrouping<(string Table, int Count), JsonElement[]> some in rows.GroupBy(row => (row.Table, row.Values.Length), row => row.Values))
        {
            using Statement put = database.Prepare($"REPLACE INTO {some.Key.Table} VALUES ({string.Join(", ", Enumerable.Repeat("?", some.Key.Count))})");
            foreach (JsonElement[] values in some)
            {
                for (int column = 0; column < values.Length; column++)
                {
                    Bind(put, column + 1, values[column]);
                }

                put.Execute();
            }
        }
    }

    private static void Write(Database database, JournalTable table, JobId job, StringBuilder text)
    {
        using Statement query = database.Prepare(table.Select);
        query.Bind(1, job.Value);
        while (query.Step())
        {
            text.Append('[').Append(JsonSerializer.Serialize(table.Name));
            for (int column = 0; column < query.Columns; column++)
            {
                text.Append(", ").Append(Json(query.Value(column)));
            }

            text.Append("]\n");
        }
    }

    private static string Json(object? value) => value switch
    {
        null => "null",
        long number => number.ToString(CultureInfo.InvariantCulture),
        double real when real == Math.Truncate(real) && Math.Abs(real) < 1e15 => real.ToString("F1", CultureInfo.InvariantCulture),
        double real => real.ToString("R", CultureInfo.InvariantCulture),
        string words => JsonSerializer.Serialize(words, s_plain),
        _ => throw new StorageException($"a value of kind {value.GetType().Name} cannot be archived"),
    };

    private static JsonElement[] Parse(string file, string line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return [.. document.RootElement.EnumerateArray().Select(value => value.Clone())];
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            throw new StorageException($"{file}: a line is not a list of values ({wrong.Message}).", wrong);
        }
    }

    private static void Bind(Statement statement, int index, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                statement.Bind(index, (string?)null);
                break;
            case JsonValueKind.String:
                statement.Bind(index, value.GetString());
                break;
            case JsonValueKind.Number when value.TryGetInt64(out long number):
                statement.Bind(index, number);
                break;
            default:
                statement.Bind(index, value.GetDouble());
                break;
        }
    }
}
