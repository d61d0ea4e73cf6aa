namespace CellLab.HardwareSim.MethodScript;

/// <summary>A MethodSCRIPT potentiostat in a bench file.</summary>
internal sealed record PotentiostatBenchDevice
{
    public required string Id { get; init; }
    public required string Driver { get; init; }
    public string Model { get; init; } = "EmStat4-HR";
    /// <summary><c>tcp</c> or <c>serial</c> (a pseudo-terminal).</summary>
    public string Wire { get; init; } = "tcp";
    public string Host { get; init; } = "127.0.0.1";
    /// <summary>0 takes a free port.</summary>
    public int Port { get; init; }
    /// <summary>Of the serial port's name; beside the state folder's other files unless absolute.</summary>
    public string? Path { get; init; }
    /// <summary>A cell of the file's <c>cells</c>.</summary>
    public required string Cell { get; init; }
    public bool Noise { get; init; } = true;
    public string Serial { get; init; } = "SIM0001";
    /// <summary>Pipeline in the written configuration; none when absent.</summary>
    public string? Pipeline { get; init; }
    public string Holder { get; init; } = "coin";
    public string Role { get; init; } = "eis";
    /// <summary>The number of <c>set_pgstat_mode</c> for galvanostat mode.</summary>
    public int GalvanostatMode { get; init; } = 6;
}
