namespace CellLab.Storage.Schema;

/// <summary>Instants in the files: multiples of 100 ns since 1970-01-01 UTC, exact for every <see cref="DateTimeOffset"/>.</summary>
internal static class Instant
{
    public static long ToStored(DateTimeOffset instant) => instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;

    public static DateTimeOffset FromStored(long stored) => new(stored + DateTimeOffset.UnixEpoch.Ticks, TimeSpan.Zero);
}
