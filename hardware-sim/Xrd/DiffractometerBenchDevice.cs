namespace CellLab.HardwareSim.Xrd;

/// <summary>A diffractometer in a bench file, with the box through which it is triggered.</summary>
internal sealed record DiffractometerBenchDevice
{
    public required string Id { get; init; }
    public required string Driver { get; init; }
    /// <summary><c>waveshare-relay</c>, <c>adam-6050</c>, <c>wago-750</c>, <c>helper</c>, <c>aeris</c> or
    /// <c>serial-line</c>.</summary>
    public required string Wire { get; init; }
    /// <summary>The pipeline or cell in the beam; absent: background alone.</summary>
    public string? Cell { get; init; }
    /// <summary>Modbus modules: RTU on a pseudo-terminal.</summary>
    public bool Serial { get; init; }
    /// <summary>Of a serial line: <c>rts</c> or <c>dtr</c> is the trigger.</summary>
    public string Line { get; init; } = "rts";
    public string Host { get; init; } = "127.0.0.1";
    /// <summary>0 takes a free port.</summary>
    public int Port { get; init; }
    public int Unit { get; init; } = 1;
    public double ExposureS { get; init; } = 900;
    public double ReadoutS { get; init; } = 10;
    public double TwoThetaFrom { get; init; } = 17;
    public double TwoThetaTo { get; init; } = 20;
    public double TwoThetaStep { get; init; } = 0.02;
    /// <summary>Shift of every angle by the height of the sample.</summary>
    public double DisplacementDegrees { get; init; }
    /// <summary>Where pattern files go; absent: <c>xrd-&lt;id&gt;</c> in the state folder.</summary>
    public string? Folder { get; init; }
}
