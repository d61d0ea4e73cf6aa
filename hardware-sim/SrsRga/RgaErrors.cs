namespace CellLab.HardwareSim.SrsRga;

/// <summary>The six error bytes and the STATUS byte made of them.</summary>
internal sealed class RgaErrors
{
    /// <summary>In the order of their bits in STATUS: 0 communication, 1 filament, 3 multiplier, 4 filter, 5 detector, 6 supply.</summary>
    private static readonly Dictionary<string, int> s_statusBit = new()
    {
        ["EC"] = 0, ["EF"] = 1, ["EM"] = 3, ["EQ"] = 4, ["ED"] = 5, ["EP"] = 6,
    };

    private readonly Dictionary<string, int> _bytes = s_statusBit.Keys.ToDictionary(k => k, _ => 0);

    public int Status => s_statusBit.Sum(b => _bytes[b.Key] != 0 ? 1 << b.Value : 0);

    public static bool Knows(string command) => s_statusBit.ContainsKey(command);

    public void Set(string command, int bit) => _bytes[command] |= 1 << bit;

    public void Clear(string command) => _bytes[command] = 0;

    /// <summary>Reading clears the communication and the multiplier byte; the filament byte waits for a new emission.</summary>
    public int Read(string command)
    {
        int value = _bytes[command];
        if (command is "EC" or "EM")
        {
            _bytes[command] = 0;
        }

        return value;
    }
}
