namespace CellLab.HardwareSim.Land;

/// <summary>A LAND tester in a bench file: its data files and the programs that a person may start there.</summary>
internal sealed record LandBenchDevice
{
    public required string Id { get; init; }
    public required string Driver { get; init; }
    /// <summary>Where its monitor program writes; beside the state folder's other files unless absolute; default <c>land-</c> and the id.</summary>
    public string? Folder { get; init; }
    /// <summary>24 (with resistance) or 20.</summary>
    public int RecordBytes { get; init; } = 24;
    /// <summary>Lab time without growth after which the written configuration takes a test as over.</summary>
    public double QuietS { get; init; } = 120;
    /// <summary>Lab time between two records.</summary>
    public double RecordS { get; init; } = 10;
    public required IReadOnlyList<LandBenchChannel> Channels { get; init; }
    public required IReadOnlyList<LandBenchProgram> Programs { get; init; }
}

internal sealed record LandBenchChannel
{
    /// <summary>As it stands in file names.</summary>
    public required string Channel { get; init; }
    /// <summary>Of the file's <c>cells</c>.</summary>
    public required string Cell { get; init; }
    /// <summary>Noise, fixed errors and rounding of the electronics.</summary>
    public bool Noise { get; init; } = true;
    /// <summary>Pipeline in the written configuration; none when absent.</summary>
    public string? Pipeline { get; init; }
    public string Holder { get; init; } = "coin";
}

/// <summary>A program as a person has stored it in the tester.</summary>
internal sealed record LandBenchProgram
{
    public required string Name { get; init; }
    public required IReadOnlyList<LandBenchStep> Steps { get; init; }
}

/// <summary>One step; it ends by the first of its conditions.</summary>
internal sealed record LandBenchStep
{
    /// <summary><c>rest</c>, <c>current</c>, <c>voltage</c>, or <c>loop</c> (goes back to a step until so many passes are done).</summary>
    public required string Kind { get; init; }
    public double CurrentMa { get; init; }
    public double Volts { get; init; }
    public double? Seconds { get; init; }
    public double? UntilV { get; init; }
    public double? UntilMa { get; init; }
    public int To { get; init; }
    public int Passes { get; init; }
}
