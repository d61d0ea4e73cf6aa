namespace CellLab.HardwareSim.Bench;

/// <summary>How to run a simulated bench.</summary>
public sealed record BenchRunOptions
{
    /// <summary>The bench file (docs/how-to/simulated-bench.md).</summary>
    public required string BenchFile { get; init; }

    /// <summary>Lab seconds per wall second, above 0.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Where the clock, the control socket and the step files lie; made when it does not exist. Keep the path below some 90 characters:
    /// a Unix socket's name is limited to 107.</summary>
    public required string StateDirectory { get; init; }

    /// <summary>Where a service configuration that fits is written once all listeners are bound; null for nowhere.</summary>
    public string? ConfigOut { get; init; }

    /// <summary>Called when all listeners are bound and the configuration is written.</summary>
    public Action? Ready { get; init; }

    /// <summary>Ports for the written configuration; null takes the bench file's, which defaults to 8070 and 18830.</summary>
    public int? HttpPort { get; init; }

    public int? MqttPort { get; init; }
}
