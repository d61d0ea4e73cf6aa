using CellLab.Core.Records;
using CellLab.Storage.Sqlite;
using CellLab.Storage.Tail;

namespace CellLab.Storage.Schema;

/// <summary>The cycler's rows.</summary>
internal sealed class RecordLayout : RowLayout<RecordRow>
{
    public static RecordLayout Instance { get; } = new();

    public override string Tail => "tail";

    public override string Streams => "streams";

    public override string Table => "records";

    public override string Columns => RecordColumns.Names;

    public override string Marks => RecordColumns.Marks;

    public override string Summarise => RunsSchema.ComputeTouched;

    public override StreamName NameOf(RecordRow row) => new(row.Job, row.Stream);

    public override long SequenceOf(RecordRow row) => row.Sequence;

    public override void Bind(Statement statement, int first, RecordRow row) => RecordColumns.Bind(statement, first, row);

    public override RecordRow Read(Statement row, int first, StreamName name, long sequence) =>
        RecordColumns.Read(row, first, name.Job, name.Stream, sequence);
}
