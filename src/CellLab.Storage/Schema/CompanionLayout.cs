using System.Text.Json;
using CellLab.Core.Records;
using CellLab.Core.Storage;
using CellLab.Storage.Sqlite;
using CellLab.Storage.Tail;

namespace CellLab.Storage.Schema;

/// <summary>Rows of the instruments beside the cycler; what differs from stream to stream is JSON in <c>body</c>.</summary>
internal sealed class CompanionLayout : RowLayout<CompanionRow>
{
    public const string Definitions = """
        taken_at_100ns INTEGER NOT NULL,
        received_at_100ns INTEGER NOT NULL,
        test_time_s REAL NOT NULL,
        body TEXT NOT NULL
        """;

    /// <summary>Stands for a time that was not known when the row arrived.</summary>
    private const double NotKnown = 0;

    public static CompanionLayout Instance { get; } = new();

    public override string Tail => "companions";

    public override string Streams => "companion_streams";

    public override string Table => "companions";

    public override string Columns => "taken_at_100ns, received_at_100ns, test_time_s, body";

    public override string Marks => "?, ?, ?, ?";

    public override StreamName NameOf(CompanionRow row) => new(row.Job, row.Stream);

    public override long SequenceOf(CompanionRow row) => row.Sequence;

    public override void Bind(Statement statement, int first, CompanionRow row)
    {
        statement.Bind(first, Instant.ToStored(row.TakenAtUtc));
        statement.Bind(first + 1, Instant.ToStored(row.ReceivedAtUtc));
        statement.Bind(first + 2, row.TestTimeSeconds ?? NotKnown);
        statement.Bind(first + 3, CompanionJson.Write(row.Stream, row.Body));
    }

    public override CompanionRow Read(Statement row, int first, StreamName name, long sequence)
    {
        try
        {
            return new CompanionRow(
                name.Job, name.Stream, sequence, Instant.FromStored(row.Integer(first)), Instant.FromStored(row.Integer(first + 1)),
                row.Real(first + 2) is not NotKnown and var seconds ? seconds : null, CompanionJson.Read(name.Stream, row.Text(first + 3)));
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException)
        {
            throw new StorageException($"{name}: row {sequence} cannot be read ({fault.Message}).", fault);
        }
    }
}
