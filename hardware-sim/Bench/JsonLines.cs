using System.Text.Json;

namespace CellLab.HardwareSim.Bench;

/// <summary>Finds the line on which a member stands, for messages about its value.</summary>
internal static class JsonLines
{
    /// <param name="path">As in <c>devices[0].cells[1].material</c>; the nearest member that exists counts.</param>
    public static int LineOf(ReadOnlySpan<byte> json, string path)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var place = new JsonPlace();
        int best = 1;
        int bestLength = 0;
        while (reader.Read())
        {
            string here = place.Move(ref reader);
            if (here.Length > bestLength && (path == here || (path.StartsWith(here, StringComparison.Ordinal) && path[here.Length] is '.' or '[')))
            {
                bestLength = here.Length;
                best = 1 + json[..(int)reader.TokenStartIndex].Count((byte)'\n');
            }
        }

        return best;
    }

    /// <summary>The path of the token that a reader stands on.</summary>
    private sealed class JsonPlace
    {
        private readonly Stack<(string Path, int Index)> _open = new();
        private string _member = "";

        public string Move(ref Utf8JsonReader reader)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    string parent = _open.Peek().Path;
                    _member = parent.Length == 0 ? reader.GetString()! : $"{parent}.{reader.GetString()}";
                    return _member;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    return _open.Pop().Path;
                default:
                    string here = Value();
                    if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                    {
                        _open.Push((here, reader.TokenType == JsonTokenType.StartArray ? 0 : -1));
                    }

                    return here;
            }
        }

        private string Value()
        {
            if (_open.Count == 0)
            {
                return "";
            }

            (string path, int index) = _open.Peek();
            if (index < 0)
            {
                return _member;
            }

            _open.Pop();
            _open.Push((path, index + 1));
            return $"{path}[{index}]";
        }
    }
}
