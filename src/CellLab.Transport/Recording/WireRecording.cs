namespace CellLab.Transport.Recording;

/// <summary>A wire recording as a file.</summary>
public static class WireRecording
{
    /// <exception cref="FormatException">A line is not one of a recording; the message names file and line.</exception>
    public static IReadOnlyList<WireEntry> Read(string path)
    {
        var entries = new List<WireEntry>();
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            if (line.Length > 0 && line[0] != '#')
            {
                entries.Add(ParseLine(path, number, line));
            }
        }

        return entries;
    }

    /// <summary>All bytes received over the recorded connections, in order.</summary>
    public static byte[] ReceivedBytes(IEnumerable<WireEntry> entries)
    {
        using var all = new MemoryStream();
        foreach (WireEntry entry in entries.Where(e => e.Event == WireEvent.Received))
        {
            all.Write(entry.Bytes.Span);
        }

        return all.ToArray();
    }

    private static WireEntry ParseLine(string path, int number, string line)
    {
        try
        {
            return WireEntry.Parse(line);
        }
        catch (FormatException error)
        {
            throw new FormatException($"{path} line {number}: {error.Message}", error);
        }
    }
}
