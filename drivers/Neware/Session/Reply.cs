namespace CellLab.Drivers.Neware.Session;

/// <summary>What came back, with the lab times just before the request went out and just after the last byte of the reply came.</summary>
internal readonly record struct Reply<T>(T Value, DateTimeOffset SentAtUtc, DateTimeOffset ReceivedAtUtc)
{
    public DateTimeOffset MiddleUtc => SentAtUtc + ((ReceivedAtUtc - SentAtUtc) / 2);
}
