namespace CellLab.Service.Labels;

/// <summary>The modules of a QR code, versions 1 to 6 at level M: enough for an address. Of the eight masks the one with the lowest penalty is taken.</summary>
internal sealed class QrCode
{
    private const int Masks = 8;

    private readonly bool[,] _dark;
    private readonly bool[,] _fixed;

    private QrCode(int version)
    {
        Size = 17 + (4 * version);
        _dark = new bool[Size, Size];
        _fixed = new bool[Size, Size];
        DrawPatterns(version);
    }

    public int Size { get; }

    public bool this[int row, int column] => _dark[row, column];

    /// <exception cref="ArgumentException">The text is longer than 106 bytes.</exception>
    public static QrCode Of(string text)
    {
        (int version, byte[] words) = QrBytes.Of(text);
        return Enumerable.Range(0, Masks).Select(mask => Masked(version, words, mask)).MinBy(QrPenalty.Of)!;
    }

    private static QrCode Masked(int version, byte[] words, int mask)
    {
        var code = new QrCode(version);
        code.DrawFormat(mask);
        code.DrawWords(words, mask);
        return code;
    }

    private void DrawPatterns(int version)
    {
        foreach ((int row, int column) in ((int, int)[])[(3, 3), (3, Size - 4), (Size - 4, 3)])
        {
            DrawSquares(row, column, 4, distance => distance is not (2 or 4));
        }

        if (version > 1)
        {
            DrawSquares(Size - 7, Size - 7, 2, distance => distance != 1);
        }

        for (int place = 8; place < Size - 8; place++)
        {
            Fix(6, place, place % 2 == 0);
            Fix(place, 6, place % 2 == 0);
        }
    }

    private void DrawSquares(int row, int column, int reach, Func<int, bool> dark)
    {
        for (int down = -reach; down <= reach; down++)
        {
            for (int across = -reach; across <= reach; across++)
            {
                if (row + down >= 0 && row + down < Size && column + across >= 0 && column + across < Size)
                {
                    Fix(row + down, column + across, dark(Math.Max(Math.Abs(down), Math.Abs(across))));
                }
            }
        }
    }

    /// <summary>Level M and the mask, with a BCH code (0x537) and its mask 0x5412, twice.</summary>
    private void DrawFormat(int mask)
    {
        int remainder = mask;
        for (int round = 0; round < 10; round++)
        {
            remainder = (remainder << 1) ^ ((remainder >> 9) * 0x537);
        }

        int bits = ((mask << 10) | remainder) ^ 0x5412;
        for (int bit = 0; bit < 15; bit++)
        {
            bool dark = ((bits >> bit) & 1) != 0;
            Fix(bit < 6 ? bit : bit < 8 ? bit + 1 : 8, bit < 8 ? 8 : bit == 8 ? 7 : 14 - bit, dark);
            Fix(bit < 8 ? 8 : Size - 15 + bit, bit < 8 ? Size - 1 - bit : 8, dark);
        }

        Fix(Size - 8, 8, true);
    }

    /// <summary>In columns of two from the right, upward and downward in turn; the column of the timing pattern is passed over.</summary>
    private void DrawWords(byte[] words, int mask)
    {
        int bit = 0;
        for (int right = Size - 1; right >= 1; right -= 2)
        {
            right = right == 6 ? 5 : right;
            for (int step = 0; step < Size; step++)
            {
                for (int column = right; column >= right - 1; column--)
                {
                    int row = ((right + 1) & 2) == 0 ? Size - 1 - step : step;
                    if (!_fixed[row, column])
                    {
                        bool dark = bit < words.Length * 8 && ((words[bit / 8] >> (7 - (bit % 8))) & 1) != 0;
                        _dark[row, column] = dark ^ IsTurned(mask, row, column);
                        bit++;
                    }
                }
            }
        }
    }

    private static bool IsTurned(int mask, int row, int column) => mask switch
    {
        0 => (row + column) % 2 == 0,
        1 => row % 2 == 0,
        2 => column % 3 == 0,
        3 => (row + column) % 3 == 0,
        4 => ((row / 2) + (column / 3)) % 2 == 0,
        5 => (row * column % 2) + (row * column % 3) == 0,
        6 => ((row * column % 2) + (row * column % 3)) % 2 == 0,
        _ => (((row + column) % 2) + (row * column % 3)) % 2 == 0,
    };

    private void Fix(int row, int column, bool dark) => (_dark[row, column], _fixed[row, column]) = (dark, true);
}
