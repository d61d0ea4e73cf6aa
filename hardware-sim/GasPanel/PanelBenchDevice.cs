namespace CellLab.HardwareSim.GasPanel;

/// <summary>A gas panel in a bench file. It stands before the spectrometers on its line, whose carrier it sets.</summary>
internal sealed record PanelBenchDevice
{
    public required string Id { get; init; }
    public required string Driver { get; init; }
    /// <summary>The cell, or the pipeline, whose line it is on.</summary>
    public required string Cell { get; init; }
    public string Host { get; init; } = "127.0.0.1";
    /// <summary>0 takes a free port.</summary>
    public int Port { get; init; }
    public int Unit { get; init; } = 1;
    /// <summary>Carrier as the controller shows it, and the temperature that its millilitres refer to.</summary>
    public double FlowMlMin { get; init; } = 0.5;
    public double FlowReferenceC { get; init; } = 25;
}
