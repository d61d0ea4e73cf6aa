using System.Text.Json;

namespace CellLab.Messaging.Payloads;

/// <summary>The members <c>first_seq</c>, <c>last_seq</c> and, only where the rows are not contiguous, <c>seq</c>. Without rows the first two are null.</summary>
internal static class SequenceMembers
{
    public static void Write<TRow>(Utf8JsonWriter writer, IReadOnlyList<TRow> rows, Func<TRow, long> sequenceOf)
    {
        if (rows.Count == 0)
        {
            writer.WriteNull(RecordColumns.FirstSequence);
            writer.WriteNull(RecordColumns.LastSequence);
            return;
        }

        long first = sequenceOf(rows[0]);
        long last = sequenceOf(rows[^1]);
        writer.WriteNumber(RecordColumns.FirstSequence, first);
        writer.WriteNumber(RecordColumns.LastSequence, last);
        if (last - first + 1 != rows.Count)
        {
            writer.WriteStartArray(RecordColumns.Sequence);
            for (int row = 0; row < rows.Count; row++)
            {
                writer.WriteNumberValue(sequenceOf(rows[row]));
            }

            writer.WriteEndArray();
        }
    }
}
