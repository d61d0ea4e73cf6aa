using System.Globalization;
using CellLab.Service.Offline.Foreign.Text;
using FsCheck;
using FsCheck.Fluent;

namespace CellLab.Tests.Service.Offline.Foreign;

/// <summary>The fast ways of reading a file give what the ordinary ones give, bit for bit.</summary>
public sealed class Fast_reading
{
    private static readonly Gen<string> s_written = Gen.OneOf(
        Gen.Choose(0, 21).SelectMany(digits => Gen.Choose(-1, 21).SelectMany(point => Gen.Elements("", "-").SelectMany(sign =>
            Gen.Elements("0123456789".ToCharArray()).ListOf(digits).Select(all => sign + WithPoint(string.Concat(all), point))))),
        Gen.Choose(int.MinValue, int.MaxValue).Two().Select(pair => BitConverter.Int64BitsToDouble(((long)pair.Item1 << 32) | (uint)pair.Item2).ToString("R", CultureInfo.InvariantCulture)),
        Gen.Elements("9007199254740992", "9007199254740993", "-0", "-0.000", "0.1", ".5", "5.", ".", "-", "", "+1", "1e5", " 1", "1,5", "1.2.3", "0.30000000000000004", "123456789012345678.9"));

    [Fact]
    public void A_number_that_is_read_the_short_way_has_the_bits_of_the_exact_reading() =>
        Prop.ForAll(s_written.ToArbitrary(), text =>
            !PlainNumber.TryRead(text, out double value)
            || (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double exact) && BitConverter.DoubleToInt64Bits(value) == BitConverter.DoubleToInt64Bits(exact)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Theory]
    [InlineData("4.12345")]
    [InlineData("-0.0005000")]
    [InlineData("1700000000.123")]
    [InlineData("0.0001234567")]
    public void What_instruments_write_is_read_the_short_way(string text) => Assert.True(PlainNumber.TryRead(text, out _));

    [Fact]
    public void Lines_are_cut_as_a_text_reader_cuts_them_wherever_a_block_ends() =>
        Prop.ForAll(Gen.Elements('a', '1', ',', '\r', '\n', '\r', '\n').ListOf().Zip(Gen.Choose(1, 4)).ToArbitrary(), made =>
        {
            string text = string.Concat(made.Item1);
            return LinesOf(new LineReader(new Dripping(text, made.Item2))).SequenceEqual(Ordinary(text));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    [Fact]
    public void A_line_without_end_is_cut_and_the_next_one_is_whole()
    {
        string text = new string('x', (3 * LineReader.LongestLine) + 5) + "\r\nnext";

        Assert.Equal([new string('x', LineReader.LongestLine), "next"], LinesOf(new LineReader(new StringReader(text))));
    }

    private static string WithPoint(string digits, int point) => point < 0 || point > digits.Length ? digits : digits.Insert(point, ".");

    private static IEnumerable<string> Ordinary(string text)
    {
        using var reader = new StringReader(text);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    private static List<string> LinesOf(LineReader reader)
    {
        using LineReader lines = reader;
        var all = new List<string>();
        while (lines.MoveNext())
        {
            all.Add(lines.Current.ToString());
        }

        return all;
    }

    /// <summary>Gives a few characters at a time.</summary>
    private sealed class Dripping(string text, int atATime) : StringReader(text)
    {
        public override int Read(char[] buffer, int index, int count) => base.Read(buffer, index, Math.Min(count, atATime));
    }
}
