using System.Text;
using CellLab.Transport;
using CellLab.Transport.Text;

namespace CellLab.HardwareSim.PrismaPro;

/// <summary>A request without a body, as far as an instrument's web server looks at it.</summary>
internal sealed record HttpRequestHead(string Method, string Target, bool KeepAlive)
{
    private const int MostHeaders = 100;
    private const int LongestLine = 8192;
    private static readonly byte[] s_lineEnd = [0x0A];

    public static LineReader Lines(IConnection connection) => new(connection, s_lineEnd, LongestLine);

    /// <summary>Null when the client has gone, or does not speak HTTP.</summary>
    public static async Task<HttpRequestHead?> ReadAsync(LineReader lines, CancellationToken cancellationToken)
    {
        string[] first = Text(await lines.ReadAsync(cancellationToken)).Split(' ');
        if (first.Length != 3 || !first[2].StartsWith("HTTP/1.", StringComparison.Ordinal))
        {
            return null;
        }

        bool keepAlive = first[2] == "HTTP/1.1";
        for (int i = 0; i < MostHeaders; i++)
        {
            string line = Text(await lines.ReadAsync(cancellationToken));
            if (line.Length == 0)
            {
                return new HttpRequestHead(first[0], first[1], keepAlive);
            }

            if (line.StartsWith("connection:", StringComparison.OrdinalIgnoreCase))
            {
                keepAlive = line.Contains("keep-alive", StringComparison.OrdinalIgnoreCase);
            }
        }

        return null;
    }

    private static string Text(ReadOnlyMemory<byte>? line) => line is { } bytes ? Encoding.Latin1.GetString(bytes.Span).TrimEnd('\r') : "";
}
