using System.Text;

namespace CellLab.Drivers.XrdTrigger.Aeris;

/// <summary><c>@WORD@KEY=value@END</c> in ASCII, no line end, at most 1 kB (as two open clients of the automation interface show:
/// CederGroupHub/alab_control, njszym/AdaptiveXRD).</summary>
internal static class AerisCodec
{
    public const int Longest = 1024;
    public const string SystemStatus = "@STATUS_REQUEST@SYSTEM@END";
    public const string UnitStatus = "@STATUS_REQUEST@UNIT=xrd@END";

    private static ReadOnlySpan<byte> End => "@END"u8;

    public static string LocationStatus(string location) => $"@STATUS_REQUEST@LOCATION={location}@END";

    public static string Add(string application, string sampleId, string location) =>
        $"@SAMPLE@ADD@APPLICATION={application}@SAMPLE_ID={sampleId}@AT={location}@END";

    public static string Measure(string sampleId, string application) => $"@SAMPLE@MEASURE@SAMPLE_ID={sampleId}@APPLICATION={application}@END";

    public static string Remove(string sampleId) => $"@SAMPLE@REMOVE@SAMPLE_ID={sampleId}@END";

    /// <summary>The length of the answer at the front, or null while it is not whole.</summary>
    /// <exception cref="AerisFormatException">It cannot become one.</exception>
    public static int? Whole(ReadOnlySpan<byte> received)
    {
        int end = received.IndexOf(End);
        if ((received.Length > 0 && received[0] != (byte)'@') || (end < 0 && received.Length > Longest))
        {
            throw new AerisFormatException($"expected an answer of the form @...@END, found {Convert.ToHexString(received[..Math.Min(16, received.Length)])}");
        }

        return end < 0 ? null : end + End.Length;
    }

    /// <exception cref="AerisFormatException">Not ASCII.</exception>
    public static AerisAnswer Decode(ReadOnlySpan<byte> answer)
    {
        if (answer.ContainsAnyExceptInRange((byte)0x20, (byte)0x7E))
        {
            throw new AerisFormatException($"an answer that is not printable ASCII: {Convert.ToHexString(answer[..Math.Min(16, answer.Length)])}");
        }

        return new AerisAnswer(Encoding.ASCII.GetString(answer));
    }
}

/// <summary>An answer as it came.</summary>
internal sealed record AerisAnswer(string Text)
{
    public bool IsRefusal => Text.Contains("fatal", StringComparison.OrdinalIgnoreCase);

    /// <summary><paramref name="field"/> = <c>READY=yes</c>.</summary>
    public bool Says(string field) => Text.Split('@').Contains(field, StringComparer.OrdinalIgnoreCase);
}

/// <summary>Bytes that are no answer of this protocol.</summary>
internal sealed class AerisFormatException(string message) : FormatException(message);
