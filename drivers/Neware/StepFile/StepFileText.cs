using System.Text;

namespace CellLab.Drivers.Neware.StepFile;

/// <summary>Bytes of a step file to text. Real exports declare GB2312 and hold UTF-8 or GB18030, so the bytes decide, not the declaration.</summary>
public static class StepFileText
{
    private const string Fallback = "GB18030";

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Decode(byte[] bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(Fallback)!.GetString(bytes);
        }
    }
}
