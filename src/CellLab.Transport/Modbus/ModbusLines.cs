namespace CellLab.Transport.Modbus;

/// <summary>Lines that several devices share: a serial port, and often the TCP side of a gateway, can be opened only once.</summary>
public sealed class ModbusLines
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Place, IConnector? Wire), Shared> _lines = [];

    /// <summary>Of this process: a port exists once in it.</summary>
    public static ModbusLines OfProcess { get; } = new();

    /// <summary>The line at this address, shared with all who rent it at the same time.</summary>
    /// <param name="own">Another way to open it (recorder, replay); those who rent with another one do not share.</param>
    /// <exception cref="TransportException">BadAddress: somebody uses the same port with other settings.</exception>
    public ModbusLineLease Rent(Uri address, IConnector? own, ModbusLineSettings settings, TimeProvider wall)
    {
        var key = ($"{address.Scheme}://{address.Authority}{address.AbsolutePath}", own);
        Shared? shared;
        lock (_gate)
        {
            if (!_lines.TryGetValue(key, out shared))
            {
                shared = new Shared(new ModbusLine(own ?? new WireConnector(wall), address, settings, wall));
                _lines.Add(key, shared);
            }

            if (shared.Line.Address != address || shared.Line.Settings != settings)
            {
                throw new TransportException(
                    TransportFault.BadAddress, address, $"another device uses this line with other settings ({shared.Line.Address}); give all devices of one line the same");
            }

            shared.Users++;
        }

        return new ModbusLineLease(this, key, shared.Line);
    }

    internal bool IsSharedNow((string, IConnector?) key)
    {
        lock (_gate)
        {
            return _lines.TryGetValue(key, out Shared? shared) && shared.Users > 1;
        }
    }

    internal bool GiveBack((string, IConnector?) key)
    {
        lock (_gate)
        {
            return _lines.TryGetValue(key, out Shared? shared) && --shared.Users == 0 && _lines.Remove(key);
        }
    }

    private sealed class Shared(ModbusLine line)
    {
        public ModbusLine Line { get; } = line;

        public int Users { get; set; }
    }
}
