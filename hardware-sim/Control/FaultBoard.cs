namespace CellLab.HardwareSim.Control;

/// <summary>The faults that are on. Read at every exchange, so reading takes no lock.</summary>
internal sealed class FaultBoard
{
    private readonly Lock _gate = new();
    private ActiveFault[] _active = [];

    /// <summary>Told when a fault was switched on (true) or off (false), after it is on the board.</summary>
    public event Action<ActiveFault, bool>? Switched;

    public IReadOnlyList<ActiveFault> Active => Volatile.Read(ref _active);

    public ActiveFault? Find(string name, string device, string? channel = null)
    {
        foreach (ActiveFault fault in Volatile.Read(ref _active))
        {
            if (fault.Name == name && fault.Covers(device, channel))
            {
                return fault;
            }
        }

        return null;
    }

    public bool IsOn(string name, string device, string? channel = null) => Find(name, device, channel) is not null;

    /// <summary>A second fault of the same name and place replaces the first.</summary>
    public void Set(ActiveFault fault)
    {
        lock (_gate)
        {
            Volatile.Write(ref _active, [.. _active.Where(f => !SamePlace(f, fault)), fault]);
        }

        Switched?.Invoke(fault, true);
    }

    /// <summary>Switches off what has this name and, where given, this place; returns how many.</summary>
    public int Clear(string name, string? device, string? channel)
    {
        ActiveFault[] gone;
        lock (_gate)
        {
            gone = [.. _active.Where(f => f.Name == name && (device is null || f.Device == device) && (channel is null || f.Channel == channel))];
            Volatile.Write(ref _active, [.. _active.Except(gone)]);
        }

        foreach (ActiveFault fault in gone)
        {
            Switched?.Invoke(fault, false);
        }

        return gone.Length;
    }

    private static bool SamePlace(ActiveFault a, ActiveFault b) => a.Name == b.Name && a.Device == b.Device && a.Channel == b.Channel;
}
