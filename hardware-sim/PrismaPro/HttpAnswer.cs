using System.Globalization;
using System.Text;

namespace CellLab.HardwareSim.PrismaPro;

/// <summary>Bytes of an answer. The instrument pads its headers to fixed positions and may send large answers in chunks.</summary>
internal static class HttpAnswer
{
    private const int ChunkBytes = 64;

    public static byte[] Of(int status, string body, bool chunked, bool keepAlive)
    {
        byte[] content = Encoding.UTF8.GetBytes(body);
        string head = string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {status} {(status == 200 ? "OK" : status == 404 ? "Not Found" : "Internal Server Error")}\r\nServer:             PrismaPro\r\n"
            + $"Content-Type:       application/json\r\nConnection:         {(keepAlive ? "keep-alive" : "close")}\r\n");
        return chunked
            ? [.. Encoding.ASCII.GetBytes(head + "Transfer-Encoding:  chunked\r\n\r\n"), .. Chunks(content)]
            : [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{head}Content-Length:     {content.Length}\r\n\r\n")), .. content];
    }

    private static IEnumerable<byte> Chunks(byte[] content) =>
        content.Chunk(ChunkBytes).SelectMany(c => (byte[])[.. Encoding.ASCII.GetBytes($"{c.Length:X}\r\n"), .. c, .. "\r\n"u8])
            .Concat("0\r\n\r\n"u8.ToArray());
}
