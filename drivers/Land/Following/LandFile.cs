namespace CellLab.Drivers.Land.Following;

/// <summary>One data file as the folder lists it.</summary>
/// <param name="Name">Path below the folder, with <c>/</c>.</param>
internal sealed record LandFile(string Channel, string Name, string Path, long Length, DateTimeOffset CreatedUtc, DateTimeOffset WrittenUtc)
{
    /// <summary>The vendor's program goes on writing, renaming and deleting meanwhile.</summary>
    /// <exception cref="IOException">It cannot be opened now.</exception>
    public byte[] Read(long offset, int most)
    {
        using var stream = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        long left = Math.Max(0, stream.Length - offset);
        byte[] bytes = new byte[Math.Min(most, left)];
        stream.Position = offset;
        int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return read == bytes.Length ? bytes : bytes[..read];
    }
}
