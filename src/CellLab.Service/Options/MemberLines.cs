using System.Text.Json;

namespace CellLab.Service.Options;

/// <summary>On which line of a JSON text a member stands.</summary>
internal static class MemberLines
{
    /// <summary>Of <paramref name="path"/>, as in <c>devices[0].connection.port</c>; of the nearest member around it where it is absent; 1 for the whole.</summary>
    public static int LineOf(ReadOnlySpan<byte> json, string path)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var open = new Stack<Level>();
        string member = "";
        (int line, int length) = (1, 0);
        while (reader.Read())
        {
            string here = Place(ref reader, open, ref member);
            if (here.Length > length && (path == here || (path.StartsWith(here, StringComparison.Ordinal) && path[here.Length] is '.' or '[')))
            {
                (line, length) = (1 + json[..(int)reader.TokenStartIndex].Count((byte)'\n'), here.Length);
            }
        }

        return line;
    }

    /// <summary>The path of what the reader stands on.</summary>
    private static string Place(ref Utf8JsonReader reader, Stack<Level> open, ref string member)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                return open.Pop().Path;
            case JsonTokenType.PropertyName:
                string parent = open.Peek().Path;
                member = parent.Length == 0 ? reader.GetString()! : $"{parent}.{reader.GetString()}";
                return member;
            default:
                string here = open.TryPeek(out Level? list) && list.IsList ? $"{list.Path}[{list.Count++}]" : member;
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                {
                    open.Push(new Level(here, reader.TokenType == JsonTokenType.StartArray));
                }

                return here;
        }
    }

    /// <summary>An object or list that has begun; <see cref="Count"/> of the items that a list has shown.</summary>
    private sealed record Level(string Path, bool IsList)
    {
        public int Count { get; set; }
    }
}
