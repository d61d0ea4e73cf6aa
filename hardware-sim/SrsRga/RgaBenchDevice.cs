namespace CellLab.HardwareSim.SrsRga;

/// <summary>An SRS RGA in a bench file.</summary>
internal sealed record RgaBenchDevice
{
    public required string Id { get; init; }
    public required string Driver { get; init; }
    /// <summary>The pipeline whose cell is on the gas line; absent: residual gas only. The cycler stands before it in the file.</summary>
    public string? Cell { get; init; }
    /// <summary><c>adapter</c> (TCP with log-in), <c>tcp</c> (without) or <c>serial</c> (a pseudo-terminal).</summary>
    public string Wire { get; init; } = "adapter";
    public string Host { get; init; } = "127.0.0.1";
    /// <summary>0 takes a free port.</summary>
    public int Port { get; init; }
    /// <summary>Of the pseudo-terminal, beside the state folder's other files unless absolute; absent: <c>tty-&lt;id&gt;</c>.</summary>
    public string? Path { get; init; }
    public string User { get; init; } = "admin";
    public string Password { get; init; } = "admin";
    /// <summary>100, 200 or 300.</summary>
    public int Model { get; init; } = 200;
    public bool Multiplier { get; init; } = true;
    public int SerialNumber { get; init; } = 10023;
    /// <summary>Carrier as the controller shows it, and the temperature that its millilitres refer to.</summary>
    public double FlowMlMin { get; init; } = 0.5;
    public double FlowReferenceC { get; init; } = 25;
}
