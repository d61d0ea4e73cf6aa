namespace CellLab.HardwareSim.PrismaPro;

/// <summary>A PrismaPro in a bench file.</summary>
internal sealed record PrismaBenchDevice
{
    public required string Id { get; init; }
    public required string Driver { get; init; }
    /// <summary>The pipeline whose cell is on the gas line; absent: residual gas only. The cycler stands before it in the file.</summary>
    public string? Cell { get; init; }
    public string Host { get; init; } = "127.0.0.1";
    /// <summary>0 takes a free port.</summary>
    public int Port { get; init; }
    /// <summary>100, 200 or 300.</summary>
    public int HighestMass { get; init; } = 200;
    public string SerialNumber { get; init; } = "44001";
    /// <summary>Carrier as the controller shows it, and the temperature that its millilitres refer to.</summary>
    public double FlowMlMin { get; init; } = 0.5;
    public double FlowReferenceC { get; init; } = 25;
}
