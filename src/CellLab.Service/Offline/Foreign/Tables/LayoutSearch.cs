using CellLab.Service.Offline.Foreign.Text;

namespace CellLab.Service.Offline.Foreign.Tables;

/// <summary>Looks for the header row of a delimited file: the first line that, cut at one of the usual delimiters, has the columns asked for.</summary>
internal static class LayoutSearch
{
    private static readonly char[] Delimiters = [',', '\t', ';', ' '];

    /// <param name="rulesFor">Rules and scope for these headers; null where the line is no header of the format.</param>
    public static DelimitedLayout? Find(
        TextSource source, string format, Func<IReadOnlyList<string>, (IReadOnlyList<ColumnRule> Rules, CounterScope Scope)?> rulesFor,
        Func<IReadOnlySet<Quantity>, bool> enough, params string[] stepTypeKeys)
    {
        foreach (char delimiter in Delimiters)
        {
            var fields = new FieldSplitter(delimiter);
            for (int line = 0; line < source.Head.Count; line++)
            {
                fields.Split(source.Head[line].TrimStart('#', ' '));
                if (fields.Count < 2 || IsData(fields))
                {
                    continue;
                }

                string[] headers = fields.ToArray();
                if (rulesFor(headers) is not { } rules)
                {
                    continue;
                }

                ColumnMap map = ColumnMap.Resolve(headers, rules.Rules, stepTypeKeys);
                if (enough(map.Quantities))
                {
                    return new DelimitedLayout(format, line, 0, delimiter, HasDecimalComma(source, line, delimiter), map, rules.Scope, Named(headers));
                }
            }
        }

        return null;
    }

    /// <summary>Numbers like <c>1,5</c> and none like <c>1.5</c> in the line below the header; where the comma cuts fields there is no doubt.</summary>
    public static bool HasDecimalComma(TextSource source, int headerLine, char delimiter)
    {
        if (delimiter == ',')
        {
            return false;
        }

        string data = string.Join(delimiter, source.Head.Skip(headerLine + 1).Take(5));
        return HasBetweenDigits(data, ',') && !HasBetweenDigits(data, '.');
    }

    /// <summary>Two numbers or more: a row of data, no header.</summary>
    private static bool IsData(FieldSplitter fields)
    {
        int numbers = 0;
        for (int field = 0; field < fields.Count && numbers < 2; field++)
        {
            numbers += FieldValue.TryNumber(fields[field], decimalComma: false, out _) ? 1 : 0;
        }

        return numbers >= 2;
    }

    private static bool HasBetweenDigits(string text, char mark)
    {
        for (int at = 1; at < text.Length - 1; at++)
        {
            if (text[at] == mark && char.IsAsciiDigit(text[at - 1]) && char.IsAsciiDigit(text[at + 1]))
            {
                return true;
            }
        }

        return false;
    }

    private static int Named(string[] headers)
    {
        int count = headers.Length;
        while (count > 0 && headers[count - 1].Length == 0)
        {
            count--;
        }

        return count;
    }
}
