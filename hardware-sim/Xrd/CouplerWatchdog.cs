namespace CellLab.HardwareSim.Xrd;

/// <summary>The watchdog of a WAGO coupler as far as its trigger register goes. Wall time.</summary>
internal sealed class CouplerWatchdog(TimeProvider wall)
{
    private ushort _tenths = 100;
    private ushort _fed;
    private long _since;
    private ushort _state;

    public bool Expired => State == 2;

    public ushort? Read(ushort address) => address switch
    {
        0x1000 => _tenths,
        0x1003 => _fed,
        0x1006 => State,
        >= 0x1000 and <= 0x1009 => 0,
        _ => null,
    };

    /// <returns>False when there is no such register.</returns>
    public bool Write(ushort address, ushort value)
    {
        switch (address)
        {
            case 0x1000 when State != 1:
                _tenths = value;
                break;
            case 0x1003 when value != 0 && value != _fed:
                _fed = value;
                (_state, _since) = (State == 2 ? (ushort)2 : (ushort)1, wall.GetTimestamp());
                break;
            case 0x1007 when value == 1:
                (_state, _since) = (1, wall.GetTimestamp());
                break;
            case 0x1008 when value is 0x55AA or 0xAA55:
                _state = 0;
                break;
        }

        return address is >= 0x1000 and <= 0x1009;
    }

    private ushort State => _state = _state == 1 && wall.GetElapsedTime(_since).TotalSeconds > _tenths / 10.0 ? (ushort)2 : _state;
}
