namespace CellLab.HardwareSim.Autolab;

/// <summary>An Autolab with its bridge program in a bench file.</summary>
internal sealed record AutolabBenchDevice
{
    public required string Id { get; init; }
    public required string Driver { get; init; }
    public string Host { get; init; } = "127.0.0.1";
    /// <summary>Of the cable to the bridge; 0 takes a free port.</summary>
    public int Port { get; init; }
    /// <summary>A cell of the file's <c>cells</c>.</summary>
    public required string Cell { get; init; }
    public bool Noise { get; init; } = true;
    public string Serial { get; init; } = "AUT50001";
    /// <summary>Pipeline in the written configuration; none when absent.</summary>
    public string? Pipeline { get; init; }
    public string Holder { get; init; } = "coin";
    public string Role { get; init; } = "eis";
}
