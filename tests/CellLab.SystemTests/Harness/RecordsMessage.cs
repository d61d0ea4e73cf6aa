using System.Text.Json;

namespace CellLab.SystemTests.Harness;

/// <summary>The columns of a <c>records</c> payload or page.</summary>
internal static class RecordsMessage
{
    /// <summary>From <c>seq</c> where a page is not contiguous, else from <c>first_seq</c> on; checked against the length of the columns.</summary>
    public static IReadOnlyList<long> SequenceNumbers(JsonElement message)
    {
        int rows = message.GetProperty("voltage_v").GetArrayLength();
        if (message.TryGetProperty("seq", out JsonElement listed) && listed.ValueKind == JsonValueKind.Array)
        {
            Assert.Equal(rows, listed.GetArrayLength());
            return [.. listed.EnumerateArray().Select(number => number.GetInt64())];
        }

        if (rows == 0)
        {
            return [];
        }

        long first = message.GetProperty("first_seq").GetInt64();
        Assert.Equal(first + rows - 1, message.GetProperty("last_seq").GetInt64());
        return [.. Enumerable.Range(0, rows).Select(row => first + row)];
    }
}
