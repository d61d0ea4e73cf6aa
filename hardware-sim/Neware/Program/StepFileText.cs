using System.Text;

namespace CellLab.HardwareSim.Neware.Program;

/// <summary>Bytes of a step file to text: UTF-8 if they are, else GB18030, whatever the declaration says.</summary>
internal static class StepFileText
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Decode(byte[] bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetString(bytes);
        }
    }
}
