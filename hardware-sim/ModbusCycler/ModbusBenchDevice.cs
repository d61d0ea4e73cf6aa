namespace CellLab.HardwareSim.ModbusCycler;

/// <summary>A cycler that speaks Modbus in a bench file.</summary>
internal sealed record ModbusBenchDevice
{
    public required string Id { get; init; }
    public required string Driver { get; init; }
    /// <summary><c>ea-psb</c> (TCP, or RTU with <see cref="Serial"/>), <c>riden-rd6006p</c>, <c>maynuo-m97</c> (both RTU), or
    /// <c>riden-maynuo</c>: a supply and a load on one cell.</summary>
    public required string Model { get; init; }
    public bool Serial { get; init; }
    public string Host { get; init; } = "127.0.0.1";
    /// <summary>0 takes a free port.</summary>
    public int Port { get; init; }
    public int Unit { get; init; } = 1;
    public double NominalVolts { get; init; } = 60;
    public double NominalAmperes { get; init; } = 60;
    public double NominalWatts { get; init; } = 1200;
    /// <summary>Of the file's <c>cells</c>.</summary>
    public required string Cell { get; init; }
    /// <summary>Noise, fixed errors and rounding of the electronics.</summary>
    public bool Noise { get; init; } = true;
    /// <summary>Pipeline in the written configuration; none when absent.</summary>
    public string? Pipeline { get; init; }
    public string Holder { get; init; } = "pouch";
}
