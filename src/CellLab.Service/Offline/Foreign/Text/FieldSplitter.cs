namespace CellLab.Service.Offline.Foreign.Text;

/// <summary>Cuts a line into fields. Quotes may enclose a field with delimiters in it; a blank as delimiter stands for any run of blanks.</summary>
internal sealed class FieldSplitter(char delimiter)
{
    private int[] _starts = new int[32];
    private int[] _ends = new int[32];
    private ReadOnlyMemory<char> _line;

    public char Delimiter => delimiter;

    public int Count { get; private set; }

    /// <summary>A field without enclosing blanks, tabs, quotes and the apostrophe that spreadsheets put before text.</summary>
    public ReadOnlySpan<char> this[int field] => field < Count ? Trim(_line.Span[_starts[field].._ends[field]]) : default;

    public void Split(string line) => Split(line.AsMemory());

    /// <param name="line">Must stay until the fields have been read.</param>
    public void Split(ReadOnlyMemory<char> line)
    {
        _line = line;
        Count = 0;
        if (delimiter == ' ')
        {
            SplitAtBlanks(line.Span);
        }
        else
        {
            SplitAtDelimiters(line.Span);
        }
    }

    public string[] ToArray() => [.. Enumerable.Range(0, Count).Select(field => this[field].ToString())];

    private void SplitAtDelimiters(ReadOnlySpan<char> line)
    {
        int start = 0;
        bool quoted = false;
        for (int at = 0; at < line.Length; at++)
        {
            if (line[at] == '"')
            {
                quoted = !quoted;
            }
            else if (line[at] == delimiter && !quoted)
            {
                Add(start, at);
                start = at + 1;
            }
        }

        Add(start, line.Length);
    }

    private void SplitAtBlanks(ReadOnlySpan<char> line)
    {
        int start = -1;
        for (int at = 0; at <= line.Length; at++)
        {
            bool blank = at == line.Length || char.IsWhiteSpace(line[at]);
            if (!blank && start < 0)
            {
                start = at;
            }
            else if (blank && start >= 0)
            {
                Add(start, at);
                start = -1;
            }
        }
    }

    private void Add(int start, int end)
    {
        if (Count == _starts.Length)
        {
            Array.Resize(ref _starts, 2 * Count);
            Array.Resize(ref _ends, 2 * Count);
        }

        (_starts[Count], _ends[Count]) = (start, end);
        Count++;
    }

    /// <summary>Most fields have nothing to be taken off, which two looks tell.</summary>
    private static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text) =>
        text.IsEmpty || (IsKept(text[0]) && IsKept(text[^1])) ? text : text.Trim(" \t\"'\uFEFF");

    private static bool IsKept(char letter) => letter is > '\'' and < '\uFEFF';
}
