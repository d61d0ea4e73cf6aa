namespace CellLab.HardwareSim.MethodScript.Language;

/// <summary>Cuts a line into words; a text in quotation marks is one word, <c>#</c> begins a comment.</summary>
internal static class Words
{
    public static List<Word> Of(string line, int index)
    {
        var words = new List<Word>();
        int at = 0;
        while (at < line.Length && line[at] != '#')
        {
            if (line[at] is ' ' or '\t')
            {
                at++;
                continue;
            }

            int end = EndOf(line, at, index + 1);
            words.Add(new Word(line[at..end], index + 1, at + 1));
            at = end;
        }

        return words;
    }

    /// <summary>Takes <c>nscans(n)</c> off the end; 1 without.</summary>
    public static int TakeScans(List<Word> line)
    {
        Word last = line[^1];
        if (!last.Text.EndsWith(')'))
        {
            return 1;
        }

        line.RemoveAt(line.Count - 1);
        if (line[0].Text != "meas_loop_cv" || !last.Text.StartsWith("nscans(", StringComparison.Ordinal))
        {
            throw new ScriptFault(FaultCode.OptionNotValid, last.Line, last.Column);
        }

        return ScriptValue.TryLiteral(last.Text[7..^1]) is { Number: >= 1 and <= 32767 } count
            ? (int)count.Number
            : throw new ScriptFault(FaultCode.OutOfBounds, last.Line, last.Column);
    }

    private static int EndOf(string line, int at, int number)
    {
        if (line[at] == '"')
        {
            int close = line.IndexOf('"', at + 1);
            return close > 0 ? close + 1 : throw new ScriptFault(FaultCode.UnexpectedCharacter, number, at + 1);
        }

        int end = at;
        while (end < line.Length && line[end] is not (' ' or '\t' or '#'))
        {
            end++;
        }

        return end;
    }
}
