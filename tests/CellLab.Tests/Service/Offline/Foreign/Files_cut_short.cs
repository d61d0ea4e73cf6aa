using System.IO.Compression;
using System.Text;
using CellLab.Service.Offline.Foreign;
using CellLab.Tests.Service.Offline.Analyze;

namespace CellLab.Tests.Service.Offline.Foreign;

/// <summary>Files that hold less than their name says.</summary>
public sealed class Files_cut_short
{
    private static byte[] Packed()
    {
        string text = "Test Time / s,Voltage / V,Current / A\n" + Analyzed.Lines(Enumerable.Range(0, 100_000).Select(k => (FormattableString)$"{k},{3 + (k * 1e-5):R},{0.001 + (k % 97 * 1e-7):R}"));
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    [Fact]
    public void A_packed_file_without_its_end_is_named_as_cut_off()
    {
        byte[] whole = Packed();
        Assert.DoesNotContain(Analyzed.Bytes("a.bdf.csv.gz", whole).Findings, finding => finding.Code == "cut_off");
        Assert.Contains(Analyzed.Bytes("a.bdf.csv.gz", whole[..(whole.Length / 2)]).Findings, finding => finding is { Severity: "error", Code: "cut_off" });
    }

    [Fact]
    public void A_damaged_packed_file_is_refused_with_its_name()
    {
        byte[] damaged = Packed();
        Array.Fill(damaged, (byte)0xFF, damaged.Length / 2, 64);
        Assert.Contains("a.bdf.csv.gz", Assert.Throws<ForeignFileException>(() => Analyzed.Bytes("a.bdf.csv.gz", damaged)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF })]
    [InlineData(new byte[] { 0xFF, 0xFE })]
    public void A_file_with_a_byte_order_mark_alone_is_refused_with_its_name(byte[] mark) =>
        Assert.Contains("a.csv", Assert.Throws<ForeignFileException>(() => Analyzed.Bytes("a.csv", mark)).Message, StringComparison.Ordinal);
}
