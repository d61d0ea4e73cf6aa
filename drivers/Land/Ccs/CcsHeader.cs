using System.Text;

namespace CellLab.Drivers.Land.Ccs;

/// <summary>What the texts of a file's header say. Their places differ between versions of the vendor's program: apart from the test name (0xB0), places are
/// trusted only where the maker's name stands at its own place (0x494).</summary>
/// <param name="TestName">Null when none is there.</param>
public sealed record CcsHeader(string? TestName, string? Software, string? Serial, string? Maker, IReadOnlyList<string> Texts)
{
    /// <summary>The test name ends before this: less of a file is not worth reading.</summary>
    public const int TestNameEnd = RemarkAt;

    private const int TestNameAt = 0xB0;
    private const int RemarkAt = 0xF0;
    private const int SoftwareAt = 0x2D0;
    private const int SerialAt = 0x360;
    private const int MakerAt = 0x494;
    private const int ShortestText = 4;
    private const string MakerWord = "WuHan LAND";

    /// <param name="header">The file up to its first block, or as much as there is.</param>
    public static CcsHeader Read(ReadOnlySpan<byte> header)
    {
        List<string> texts = TextsOf(header);
        bool known = TextAt(header, MakerAt)?.StartsWith(MakerWord, StringComparison.Ordinal) == true;
        return new CcsHeader(
            TextAt(header, TestNameAt),
            known ? TextAt(header, SoftwareAt) : null,
            known ? TextAt(header, SerialAt) : null,
            texts.Find(text => text.Contains(MakerWord, StringComparison.OrdinalIgnoreCase)),
            texts);
    }

    private static string? TextAt(ReadOnlySpan<byte> header, int offset)
    {
        if (offset >= header.Length)
        {
            return null;
        }

        ReadOnlySpan<byte> bytes = header[offset..];
        int length = 0;
        while (length < bytes.Length && IsText(bytes[length]))
        {
            length++;
        }

        bool ended = length < bytes.Length && bytes[length] == 0;
        return ended && length > 0 ? Encoding.ASCII.GetString(bytes[..length]) : null;
    }

    private static List<string> TextsOf(ReadOnlySpan<byte> header)
    {
        var texts = new List<string>();
        int begin = 0;
        for (int at = 0; at < header.Length; at++)
        {
            if (IsText(header[at]))
            {
                continue;
            }

            if (header[at] == 0 && at - begin >= ShortestText)
            {
                texts.Add(Encoding.ASCII.GetString(header[begin..at]));
            }

            begin = at + 1;
        }

        return texts;
    }

    private static bool IsText(byte value) => value is >= 0x20 and < 0x7F;
}
