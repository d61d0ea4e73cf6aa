using System.Text;

namespace CellLab.Service.Offline.Foreign.Text;

/// <summary>Finds the encoding of a text file by its bytes: a mark at the beginning, else UTF-8 if the beginning is valid UTF-8, else
/// GB18030 (Chinese Windows) or Latin-1. In Chinese text bytes above 127 stand side by side; a micro or degree sign stands alone.</summary>
internal static class TextEncoding
{
    public const int SampleBytes = 1 << 20;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static Encoding Detect(ReadOnlySpan<byte> sample)
    {
        if (sample.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            return Encoding.UTF8;
        }

        if (sample.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
        {
            return Encoding.Unicode;
        }

        if (sample.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return Encoding.BigEndianUnicode;
        }

        return IsUtf8(sample) ? Encoding.UTF8 : HasPairs(sample) ? Gb18030() : Encoding.Latin1;
    }

    private static bool IsUtf8(ReadOnlySpan<byte> sample)
    {
        int end = sample.Length;
        while (end > 0 && sample.Length - end < 4 && sample[end - 1] >= 0x80)
        {
            end--; // the sample may end inside a character
        }

        try
        {
            _ = StrictUtf8.GetCharCount(sample[..end]);
            return end > 0 || sample.Length == 0;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static bool HasPairs(ReadOnlySpan<byte> sample)
    {
        for (int at = 1; at < sample.Length; at++)
        {
            if (sample[at] >= 0x80 && sample[at - 1] >= 0x80)
            {
                return true;
            }
        }

        return false;
    }

    private static Encoding Gb18030() => CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;
}
