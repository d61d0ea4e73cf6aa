namespace CellLab.Service.Offline.Foreign.Text;

/// <summary>Cuts a line into fields. Quotes may enclose a field with delimiters in it; a blank as delimiter stands for any run of blanks.</summary>
internal sealed class FieldSplitter(char delimiter)
{
    private readonly List<Range> _ranges = [];
    private string _line = "";

    public char Delimiter => delimiter;

    public int Count => _ranges.Count;

    /// <summary>A field without enclosing blanks, tabs, quotes and the apostrophe that spreadsheets put before text.</summary>
    public ReadOnlySpan<char> this[int field] => field < _ranges.Count ? _line.AsSpan(_ranges[field]).Trim(" \t\"'\uFEFF") : default;

    public void Split(string line)
    {
        _line = line;
        _ranges.Clear();
        if (delimiter == ' ')
        {
            SplitAtBlanks();
        }
        else
        {
            SplitAtDelimiters();
        }
    }

    public string[] ToArray() => [.. Enumerable.Range(0, Count).Select(field => this[field].ToString())];

    private void SplitAtDelimiters()
    {
        int start = 0;
        bool quoted = false;
        for (int at = 0; at < _line.Length; at++)
        {
            if (_line[at] == '"')
            {
                quoted = !quoted;
            }
            else if (_line[at] == delimiter && !quoted)
            {
                _ranges.Add(start..at);
                start = at + 1;
            }
        }

        _ranges.Add(start.._line.Length);
    }

    private void SplitAtBlanks()
    {
        int start = -1;
        for (int at = 0; at <= _line.Length; at++)
        {
            bool blank = at == _line.Length || char.IsWhiteSpace(_line[at]);
            if (!blank && start < 0)
            {
                start = at;
            }
            else if (blank && start >= 0)
            {
                _ranges.Add(start..at);
                start = -1;
            }
        }
    }
}
