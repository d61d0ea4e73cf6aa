namespace CellLab.Service.Labels;

/// <summary>How hard a pattern is to read, by the four rules of the standard.</summary>
internal static class QrPenalty
{
    private static readonly bool[] s_finderLike = [true, false, true, true, true, false, true, false, false, false, false];

    public static int Of(QrCode code)
    {
        int penalty = 0;
        int dark = 0;
        for (int line = 0; line < code.Size; line++)
        {
            bool[] row = [.. Enumerable.Range(0, code.Size).Select(place => code[line, place])];
            bool[] column = [.. Enumerable.Range(0, code.Size).Select(place => code[place, line])];
            penalty += OfLine(row) + OfLine(column);
            dark += row.Count(module => module);
        }

        return penalty + OfSquares(code) + (10 * (int)(Math.Abs((dark * 100.0 / (code.Size * code.Size)) - 50) / 5));
    }

    /// <summary>Runs of five and more of one colour, and what looks like the corner of a finder.</summary>
    private static int OfLine(bool[] line)
    {
        int penalty = 0;
        int run = 0;
        for (int place = 0; place < line.Length; place++)
        {
            run = place > 0 && line[place] == line[place - 1] ? run + 1 : 1;
            penalty += run == 5 ? 3 : run > 5 ? 1 : 0;
            if (place + s_finderLike.Length <= line.Length)
            {
                ReadOnlySpan<bool> part = line.AsSpan(place, s_finderLike.Length);
                penalty += part.SequenceEqual(s_finderLike) || part.SequenceEqual([.. s_finderLike.Reverse()]) ? 40 : 0;
            }
        }

        return penalty;
    }

    private static int OfSquares(QrCode code)
    {
        int squares = 0;
        for (int row = 1; row < code.Size; row++)
        {
            for (int column = 1; column < code.Size; column++)
            {
                bool dark = code[row, column];
                squares += dark == code[row - 1, column] && dark == code[row, column - 1] && dark == code[row - 1, column - 1] ? 1 : 0;
            }
        }

        return 3 * squares;
    }
}
