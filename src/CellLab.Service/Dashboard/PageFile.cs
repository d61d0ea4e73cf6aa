using System.IO.Compression;
using System.Security.Cryptography;

namespace CellLab.Service.Dashboard;

/// <summary>One file of the page as it is sent: its bytes, the same compressed, and a tag that changes with them.</summary>
internal sealed class PageFile
{
    /// <summary>Below this, compressing gains less than a packet.</summary>
    private const int WorthCompressing = 1000;

    public PageFile(string contentType, byte[] bytes)
    {
        ContentType = contentType;
        Bytes = bytes;
        Tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8))}\"";
        Compressed = bytes.Length < WorthCompressing ? null : Compress(bytes);
    }

    public string ContentType { get; }

    public string Tag { get; }

    public byte[] Bytes { get; }

    /// <summary>With gzip; null where that is not worth it.</summary>
    public byte[]? Compressed { get; }

    private static byte[] Compress(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }

        return target.ToArray();
    }
}
