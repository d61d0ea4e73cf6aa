namespace CellLab.HardwareSim.Neware;

/// <summary>A NEWARE system in a bench file.</summary>
internal sealed record BtsBenchDevice
{
    public required string Id { get; init; }
    public required string Driver { get; init; }
    public string Host { get; init; } = "127.0.0.1";
    /// <summary>0 takes a free port.</summary>
    public int Port { get; init; }
    public string User { get; init; } = "admin";
    public string Password { get; init; } = "neware";
    public bool ConnectRequired { get; init; }
    public bool SendConnect { get; init; } = true;
    public string TimeZone { get; init; } = "UTC";
    public string Units { get; init; } = "A";
    public int ClientYear { get; init; } = 2024;
    /// <summary>Beside the state folder's other files unless absolute.</summary>
    public string? StepFileFolder { get; init; }
    /// <summary>The same folder as clients name it in start commands; absent: by its local name.</summary>
    public string? StepFileFolderOnBts { get; init; }
    public required IReadOnlyList<BtsBenchCabinet> Cabinets { get; init; }
    public IReadOnlyList<BtsBenchCell> Cells { get; init; } = [];
    /// <summary>A cell for every channel that <see cref="Cells"/> does not name; without it those channels are empty.</summary>
    public BtsBenchFill? Fill { get; init; }
    public IReadOnlyList<BtsBenchFault> Faults { get; init; } = [];
}

internal sealed record BtsBenchCabinet
{
    public int Devtype { get; init; } = 27;
    public required int Devid { get; init; }
    public int Units { get; init; } = 1;
    public int ChannelsPerUnit { get; init; } = 8;
}

/// <summary>One cell in its place.</summary>
internal sealed record BtsBenchCell
{
    /// <summary><c>devid-subdevid-chlid</c>.</summary>
    public required string Channel { get; init; }
    /// <summary>One of the file's <c>cells</c>, which other instruments may name too; instead of <see cref="Material"/>.</summary>
    public string? Cell { get; init; }
    public string Material { get; init; } = "";
    /// <summary>Cell-to-cell spread.</summary>
    public bool Spread { get; init; }
    /// <summary>Noise, fixed errors and rounding of the channel's electronics.</summary>
    public bool Noise { get; init; } = true;
    /// <summary>Equal cells side by side: a pouch of N coin cells.</summary>
    public int Parallel { get; init; } = 1;
    /// <summary>Pipeline in the written configuration; none when absent.</summary>
    public string? Pipeline { get; init; }
    public string Holder { get; init; } = "coin";
}

/// <summary>Cells for all other channels: the materials in turn, pipelines <c>prefix</c> + number.</summary>
internal sealed record BtsBenchFill
{
    public IReadOnlyList<string> Materials { get; init; } = ["LMNO", "LMNPO-VO"];
    public bool Spread { get; init; } = true;
    public bool Noise { get; init; } = true;
    public string? PipelinePrefix { get; init; }
}

/// <summary>A fault or quirk that is on from the start.</summary>
internal sealed record BtsBenchFault
{
    public required string Name { get; init; }
    public string? Channel { get; init; }
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();
}
