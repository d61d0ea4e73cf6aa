using System.Text.Json;

namespace CellLab.Messaging.Payloads;

/// <summary>A page of columns of equal length, read member by member. The number of rows is that of column <c>t_utc</c>.</summary>
internal sealed class ColumnPage
{
    private readonly JsonElement _page;

    /// <exception cref="PayloadException">No object, or without the column.</exception>
    public ColumnPage(JsonElement page)
    {
        if (page.ValueKind != JsonValueKind.Object)
        {
            throw new PayloadException($"records: expected an object, found {page.ValueKind}");
        }

        _page = page;
        Count = Member(RecordColumns.TakenAt, JsonValueKind.Array).GetArrayLength();
    }

    public int Count { get; }

    /// <summary>From <c>seq</c> where the page has one, else from <c>first_seq</c> on.</summary>
    public long[] Sequences()
    {
        if (_page.TryGetProperty(RecordColumns.Sequence.EncodedUtf8Bytes, out _))
        {
            return Column(RecordColumns.Sequence, static value => value.GetInt64());
        }

        if (Count == 0)
        {
            return [];
        }

        long first = Integer(RecordColumns.FirstSequence);
        long last = Integer(RecordColumns.LastSequence);
        if (last - first + 1 != Count)
        {
            throw new PayloadException(FormattableString.Invariant(
                $"records: first_seq {first} and last_seq {last} without 'seq' ask for {last - first + 1} rows, found {Count}"));
        }

        var sequences = new long[Count];
        for (int i = 0; i < sequences.Length; i++)
        {
            sequences[i] = first + i;
        }

        return sequences;
    }

    /// <summary>A missing number is NaN.</summary>
    public double[] Doubles(JsonEncodedText name) => Column(name, static value => NumberOrNull(value) ?? double.NaN);

    public T[] Column<T>(JsonEncodedText name, Func<JsonElement, T> read)
    {
        JsonElement column = Member(name, JsonValueKind.Array);
        if (column.GetArrayLength() != Count)
        {
            throw new PayloadException(FormattableString.Invariant(
                $"records: column '{name.Value}' has {column.GetArrayLength()} values, 't_utc' has {Count}"));
        }

        var values = new T[Count];
        int row = 0;
        try
        {
            foreach (JsonElement value in column.EnumerateArray())
            {
                values[row] = read(value);
                row++;
            }
        }
        catch (Exception error) when (error is FormatException or InvalidOperationException)
        {
            throw new PayloadException(FormattableString.Invariant($"records: column '{name.Value}', row {row}: {error.Message}"), error);
        }

        return values;
    }

    public string Text(JsonEncodedText name) => Member(name, JsonValueKind.String).GetString()!;

    public static double? NumberOrNull(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : value.GetDouble();

    private long Integer(JsonEncodedText name) => Member(name, JsonValueKind.Number).TryGetInt64(out long value)
        ? value
        : throw new PayloadException($"records: member '{name.Value}' is not a whole number");

    private JsonElement Member(JsonEncodedText name, JsonValueKind kind)
    {
        if (!_page.TryGetProperty(name.EncodedUtf8Bytes, out JsonElement member))
        {
            throw new PayloadException($"records: member '{name.Value}' is missing");
        }

        return member.ValueKind == kind
            ? member
            : throw new PayloadException($"records: member '{name.Value}' must be of kind {kind}, found {member.ValueKind}");
    }
}
