using System.Globalization;
using System.Text;
using CellLab.Service.Offline.Foreign;
using CellLab.Service.Offline.Foreign.Cyclers;
using CellLab.Service.Offline.Foreign.Tables;
using CellLab.Service.Offline.Foreign.Text;
using FsCheck;
using FsCheck.Fluent;

namespace CellLab.Tests.Service.Offline.Foreign;

/// <summary>Rows scanned block by block are those that line after line, field after field gives: the same bits, the same findings in the same order.</summary>
[Trait("Suite", "Broad")]
public sealed class Rows_by_block
{
    private static readonly Gen<string> s_cell = Gen.Frequency(
        (12, Gen.Choose(-5_000_000, 5_000_000).Zip(Gen.Choose(0, 6)).Select(made => (made.Item1 / Math.Pow(10, made.Item2)).ToString(CultureInfo.InvariantCulture))),
        (3, Gen.Choose(-99_999, 99_999).Zip(Gen.Choose(-30, 30)).Select(made => string.Create(CultureInfo.InvariantCulture, $"{made.Item1}E{made.Item2:+00;-00}"))),
        (2, Gen.Elements("", "-", "nan", " 1", "1 ", "\"1\"", "\"1,5\"", "'7", "1,5", "--", "0:01:02", "1e", "1e400", "+3", "-0", ".5", "5.", "1.2.3", "12345678901234567890.5", "2024-01-02 03:04:05", "é", "电流")));

    private static readonly Gen<string> s_name = Gen.Elements("CC_Chg", "CC_DChg", "Rest", "", "静置", " Rest", "\"Rest\"", "Rest\uFEFF", "a;b");

    private static readonly Gen<string> s_line = Gen.Frequency(
        (20, s_cell.ListOf(4).Zip(s_name).Select(made => $"{string.Join(',', made.Item1)},{made.Item2}")),
        (2, s_cell.ListOf().Select(cells => string.Join(',', cells))),
        (2, s_cell.ListOf(4).Zip(s_name).Select(made => $"{string.Join(',', made.Item1)},{made.Item2},,")),
        (1, Gen.Elements("", "   ", ",,,,", ",,,,,,,", "\t", "x")));

    private static readonly Gen<string> s_file = s_line.ListOf().Zip(Gen.Elements("\n", "\r\n", "\r")).Select(made => string.Join(made.Item2, made.Item1));

    [Theory]
    [InlineData("utf-8", "")]
    [InlineData("utf-8", "\uFEFF")]
    [InlineData("utf-16", "\uFEFF")]
    [InlineData("iso-8859-1", "")]
    public void Any_table_gives_the_rows_of_the_ordinary_reading(string encoding, string mark)
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "a.csv");
        Prop.ForAll(s_file.ToArbitrary(), body =>
        {
            File.WriteAllBytes(path, Encoding.GetEncoding(encoding).GetBytes($"{mark}Test Time / s,Voltage / V,room,Current / A,Step Type\n{body}"));
            TextSource source = TextSource.Open(path);
            var table = (DelimitedTable)CyclerFormats.TryOpen(source)!;
            var log = new FindingLog();
            var ordinaryLog = new FindingLog();
            return table.Rows(log).Select(Told).SequenceEqual(Ordinary(source, table.Layout, ordinaryLog)) && log.ToList().SequenceEqual(ordinaryLog.ToList());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void Lines_stay_whole_wherever_a_block_ends() =>
        Prop.ForAll(Gen.Elements('a', '1', ',', '\r', '\n', '\r', '\n').ListOf().Zip(Gen.Choose(1, 9)).Zip(Gen.Choose(0, 3)).ToArbitrary(), made =>
        {
            string text = string.Concat(made.Item1.Item1);
            using var blocks = new LineBlocks(new MemoryStream(Encoding.UTF8.GetBytes(text)), made.Item1.Item2, made.Item2);
            using var lines = new LineReader(new StringReader(text));
            lines.Skip(made.Item2);
            return LinesOf(blocks).SequenceEqual(LinesOf(lines));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void A_line_without_end_is_cut_and_the_next_one_is_whole()
    {
        byte[] text = Encoding.UTF8.GetBytes(new string('x', LineBlocks.LongestLineBytes + 70_000) + "\r\n1,2\n");
        using var blocks = new LineBlocks(new MemoryStream(text), 1 << 16);

        List<string> lines = LinesOf(blocks);

        Assert.Equal(2, lines.Count);
        Assert.InRange(lines[0].Length, LineReader.LongestLine, 2 * LineBlocks.LongestLineBytes);
        Assert.Equal("1,2", lines[1]);
    }

    [Fact]
    public void A_number_taken_off_a_line_has_the_bits_of_the_exact_reading() =>
        Prop.ForAll(s_cell.Zip(Gen.Elements(",", "\n", "\r", "e", "x", "-", "E+")).ToArbitrary(), made =>
        {
            byte[] text = Encoding.UTF8.GetBytes(made.Item1 + made.Item2 + "\n");
            int at = 0;
            return !PlainNumber.TryTake(text, ref at, (byte)'.', out double value)
                || (double.TryParse(text.AsSpan(0, at), NumberStyles.Float, CultureInfo.InvariantCulture, out double exact) && BitConverter.DoubleToInt64Bits(value) == BitConverter.DoubleToInt64Bits(exact));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Theory]
    [InlineData("4.12345", 4.12345)]
    [InlineData("-0.0005000", -0.0005)]
    [InlineData("1.25E-05", 1.25e-5)]
    [InlineData("3e+10", 3e10)]
    public void What_instruments_write_is_taken_the_short_way(string text, double expected)
    {
        int at = 0;

        Assert.True(PlainNumber.TryTake(Encoding.UTF8.GetBytes(text + ","), ref at, (byte)'.', out double value));
        Assert.Equal((expected, text.Length), (value, at));
    }

    private static (long, string?, string) Told(ForeignRow row) => (row.Index, row.StepType, string.Join(' ', Enumerable.Range(0, (int)Quantity.Count).Select(quantity =>
        double.IsNaN(row.Number((Quantity)quantity)) ? "none" : BitConverter.DoubleToInt64Bits(row.Number((Quantity)quantity)).ToString("x", CultureInfo.InvariantCulture))));

    /// <summary>Line after line, field after field.</summary>
    private static IEnumerable<(long, string?, string)> Ordinary(TextSource source, DelimitedLayout layout, FindingLog log)
    {
        var fields = new FieldSplitter(layout.Delimiter);
        var parser = new RowParser(layout.Map, layout.DecimalComma, log);
        var row = new ForeignRow();
        long index = -1;
        foreach (string line in source.Lines().Skip(layout.HeaderLine + 1).Where(line => !string.IsNullOrWhiteSpace(line)))
        {
            fields.Split(line);
            row.Clear(++index);
            int filled = fields.Count;
            while (filled > layout.HeaderFields && fields[filled - 1].IsEmpty)
            {
                filled--;
            }

            if (filled != layout.HeaderFields)
            {
                log.Warning(ForeignCodes.RaggedRow, index, null, $"row {index} has {fields.Count} fields, the header {layout.HeaderFields}; what is not there is missing");
            }

            parser.Parse(fields, row);
            yield return Told(row);
        }
    }

    private static List<string> LinesOf(LineReader reader)
    {
        var all = new List<string>();
        while (reader.MoveNext())
        {
            all.Add(reader.Current.ToString());
        }

        return all;
    }

    private static List<string> LinesOf(LineBlocks blocks)
    {
        var all = new List<string>();
        byte[] buffer = [];
        while (blocks.Read(ref buffer, out int start, out int end))
        {
            using var lines = new LineReader(new StringReader(Encoding.UTF8.GetString(buffer.AsSpan(start, end - start))));
            all.AddRange(LinesOf(lines));
        }

        return all;
    }
}
