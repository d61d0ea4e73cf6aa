using System.Buffers;
using System.Text;
using CellLab.Drivers.SrsRga.Wire;

namespace CellLab.Drivers.SrsRga.Session;

/// <summary>Log-in of the maker's Ethernet adapter: CR, prompt <c>Name:</c>, user, prompt for the password, password, <c>Welcome</c>
/// (srsinst.rga). Afterwards the stream is the head's own.</summary>
internal static class RgaLogin
{
    private const int LongestGreeting = 4096;

    /// <summary>Words of a refusal; the prompt for the name coming back is one too.</summary>
    private static readonly string[] s_verdicts = ["welcome", "name:", "invalid", "incorrect", "denied", "fail"];

    /// <summary>Returns false when the account was refused.</summary>
    /// <exception cref="RgaFormatException">What answers does not prompt.</exception>
    public static async Task<bool> RunAsync(RgaLink link, string user, string password, CancellationToken cancellationToken)
    {
        await link.SendAsync(RgaCodec.Write(""), cancellationToken);
        await link.ReceiveAsync(UpTo("name:"), cancellationToken);
        await link.SendAsync(RgaCodec.Write(user), cancellationToken);
        await link.ReceiveAsync(UpTo("password"), cancellationToken);
        await link.SendAsync(RgaCodec.Write(password), cancellationToken);
        return await link.ReceiveAsync(UpTo(s_verdicts), cancellationToken) == s_verdicts[0];
    }

    /// <summary>Takes all that has come once one of these words is in it, whatever its case; tells which comes first.</summary>
    private static RgaLink.AnswerReader<string> UpTo(params string[] words) => (ref ReadOnlySequence<byte> buffer, out string found) =>
    {
        if (buffer.Length > LongestGreeting)
        {
            throw new RgaFormatException($"expected a prompt with '{words[0]}', found {buffer.Length} bytes without it");
        }

        string text = Encoding.Latin1.GetString(buffer);
        found = words.Where(w => text.Contains(w, StringComparison.OrdinalIgnoreCase))
            .MinBy(w => text.IndexOf(w, StringComparison.OrdinalIgnoreCase)) ?? "";
        if (found.Length == 0)
        {
            return false;
        }

        buffer = buffer.Slice(buffer.End);
        return true;
    };
}
