using System.IO.Compression;
using System.Text;

namespace CellLab.Service.Offline.Foreign.Text;

/// <summary>A text file that is read line by line, as often as needed; a line keeps its number from 1. Carriage returns and a byte order mark are gone.</summary>
internal sealed class TextSource
{
    private const int HeadLines = 400;
    private const int SmallestBlock = 1 << 12;
    private const int LargestBlock = 1 << 18;

    private TextSource(string path, Encoding encoding)
    {
        Path = path;
        Encoding = encoding;
        Head = [.. Lines().Take(HeadLines)];
    }

    public string Path { get; }

    public Encoding Encoding { get; }

    /// <summary>The first lines, from which the layout is found.</summary>
    public IReadOnlyList<string> Head { get; }

    /// <exception cref="ForeignFileException">The file is empty or not text.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static TextSource Open(string path)
    {
        byte[] sample = ReadSample(path);
        Encoding encoding = TextEncoding.Detect(sample);
        bool wide = encoding is UnicodeEncoding;
        if (sample.Length == 0)
        {
            throw new ForeignFileException($"{path}: the file is empty; export it again");
        }

        if (!wide && sample.Contains((byte)0))
        {
            throw new ForeignFileException($"{path}: this is a binary file of no layout known here; export it as text (CSV, .mpt, .DTA, .z) or give a LAND .ccs file");
        }

        return new TextSource(path, encoding);
    }

    public IEnumerable<string> Lines()
    {
        using LineReader reader = Read();
        while (reader.MoveNext())
        {
            yield return reader.Current.ToString();
        }
    }

    /// <summary>The same lines without a string for each.</summary>
    public LineReader Read() => new(new StreamReader(OpenStream(Path), Encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16));

    /// <summary>The lines behind the first <paramref name="skipped"/> as UTF-8, whatever the file's own encoding is.</summary>
    public LineBlocks ReadBlocks(int skipped)
    {
        Stream stream = OpenStream(Path);
        long length = stream is FileStream file ? file.Length + 1 : long.MaxValue;
        Stream text = Encoding is UTF8Encoding ? stream : Encoding.CreateTranscodingStream(stream, Encoding, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return new LineBlocks(text, (int)Math.Clamp(length, SmallestBlock, LargestBlock), skipped);
    }

    /// <summary>The file's bytes, unpacked where it is a gzip file.</summary>
    private static Stream OpenStream(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16, FileOptions.SequentialScan);
        return path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    private static byte[] ReadSample(string path)
    {
        using Stream stream = OpenStream(path);
        long length = stream is GZipStream ? TextEncoding.SampleBytes : stream.Length;
        byte[] sample = new byte[Math.Min(TextEncoding.SampleBytes, length)];
        try
        {
            return sample[..stream.ReadAtLeast(sample, sample.Length, throwOnEndOfStream: false)];
        }
        catch (InvalidDataException broken)
        {
            throw new ForeignFileException($"{path}: {broken.Message}");
        }
    }
}
