namespace CellLab.Benchmarks;

/// <summary>What the disk itself needs to make one small append durable: the floor under every commit latency.</summary>
internal static class DiskBaseline
{
    private const int Appends = 400;

    public static double[] SortedMilliseconds(string folder, TimeProvider wall)
    {
        byte[] block = new byte[8192];
        using var file = new FileStream(Path.Combine(folder, "baseline"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var times = new double[Appends];
        for (int index = 0; index < Appends; index++)
        {
            long started = wall.GetTimestamp();
            file.Write(block);
            file.Flush(flushToDisk: true);
            times[index] = wall.GetElapsedTime(started).TotalMilliseconds;
        }

        Array.Sort(times);
        return times;
    }
}
