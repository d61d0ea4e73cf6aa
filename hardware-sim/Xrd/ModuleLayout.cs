namespace CellLab.HardwareSim.Xrd;

/// <summary>Where a simulated output module has its bits; addresses as on the wire.</summary>
/// <param name="TimedAt">Function 5 with a time in 0.1 s; null: none.</param>
/// <param name="ModesAt">Holding registers with the mode of each output; null: none.</param>
internal sealed record ModuleLayout(int Outputs, int WriteAt, int ReadAt, int Inputs, int? TimedAt, int? ModesAt, bool Watchdog)
{
    /// <summary>Null when there is no such module.</summary>
    public static ModuleLayout? Of(string wire) => wire switch
    {
        "waveshare-relay" => new ModuleLayout(8, 0, 0, 8, 0x200, 0x1000, Watchdog: false),
        "adam-6050" => new ModuleLayout(6, 16, 16, 12, null, null, Watchdog: false),
        "wago-750" => new ModuleLayout(16, 0, 0x200, 16, null, null, Watchdog: true),
        _ => null,
    };
}
