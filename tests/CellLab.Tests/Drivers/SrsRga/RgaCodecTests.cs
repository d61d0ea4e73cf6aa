using System.Buffers;
using System.Text;
using CellLab.Drivers.SrsRga.Wire;

namespace CellLab.Tests.Drivers.SrsRga;

/// <summary>Bytes of the head's manual and of clients that run on heads.</summary>
public sealed class RgaCodecTests
{
    [Theory]
    [InlineData(new byte[] { 0x40, 0x42, 0x0F, 0x00 }, 1.0e-10)]
    [InlineData(new byte[] { 0xE0, 0xFF, 0xFF, 0xFF }, -3.2e-15)]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0x7F }, 2.147483647e-7)]
    [InlineData(new byte[] { 0x00, 0x00, 0x00, 0x00 }, 0.0)]
    public void Ion_currents_are_little_endian_in_tenths_of_a_femtoampere(byte[] word, double amperes)
    {
        var buffer = new ReadOnlySequence<byte>(word);

        Assert.True(RgaCodec.TryReadWords(ref buffer, 1, out double[] read));

        Assert.Equal(amperes, read[0], 1e-20);
        Assert.True(buffer.IsEmpty);
    }

    [Fact]
    public void A_healthy_status_is_three_bytes()
    {
        var buffer = new ReadOnlySequence<byte>([0x30, 0x0A, 0x0D, 0x31]);

        Assert.True(RgaCodec.TryReadText(ref buffer, out string text));

        Assert.Equal("0", text);
        Assert.Equal(1, buffer.Length);
    }

    [Fact]
    public void Commands_end_with_a_carriage_return_alone()
    {
        Assert.Equal("4D5233320D", Convert.ToHexString(RgaCodec.Write("MR", 32)));
        Assert.Equal("464C312E320D", Convert.ToHexString(RgaCodec.Write("FL", 1.2)));
        Assert.Equal("49443F0D", Convert.ToHexString(RgaCodec.Write("ID", "?")));
    }

    [Fact]
    public void Answers_may_come_byte_by_byte()
    {
        byte[] whole = Encoding.ASCII.GetBytes("SRSRGA200VER0.24SN10023\n\r");
        for (int length = 0; length < whole.Length; length++)
        {
            var part = new ReadOnlySequence<byte>(whole.AsMemory(0, length));
            Assert.False(RgaCodec.TryReadText(ref part, out _));
            Assert.Equal(length, part.Length);
        }

        var all = new ReadOnlySequence<byte>(whole);
        Assert.True(RgaCodec.TryReadText(ref all, out string text));
        Assert.Equal(new RgaIdentity("SRS RGA200", "0.24", "10023", 200), RgaIdentity.Parse(text));
    }

    [Theory]
    [InlineData("SRSRGA150VER0.24SN10023")]
    [InlineData("SRSRGA200SN10023VER0.24")]
    [InlineData("")]
    [InlineData("0")]
    public void Other_names_are_refused(string text) => Assert.Throws<RgaFormatException>(() => RgaIdentity.Parse(text));

    [Theory]
    [InlineData("256")]
    [InlineData("-1")]
    [InlineData("1.00")]
    [InlineData("")]
    public void What_is_no_byte_is_no_status(string text) => Assert.Throws<RgaFormatException>(() => RgaCodec.ParseByte(text));

    [Fact]
    public void Error_bytes_are_told_in_words()
    {
        RgaErrorByte filament = RgaErrorByte.All.Single(e => e.Command == "EF");

        Assert.Equal(["filament: the pressure is too high", "filament: no filament"], filament.Describe(0b1010_0000));
        Assert.Equal(["filament: bit 1 of EF?"], filament.Describe(0b10));
    }
}
