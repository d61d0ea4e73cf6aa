using CellLab.Core.Time;
using CellLab.Drivers.XrdTrigger.Aeris;
using CellLab.Drivers.XrdTrigger.Contacts;
using CellLab.Drivers.XrdTrigger.Helper;
using CellLab.Drivers.XrdTrigger.Lines;
using CellLab.Transport;
using CellLab.Transport.Modbus;

namespace CellLab.Drivers.XrdTrigger;

/// <summary>Makes the wire that the options name.</summary>
internal static class TriggerWires
{
    public static ITriggerWire Create(XrdTriggerOptions options, IConnector? connector, Clocks clocks)
    {
        IConnector wire = connector ?? new WireConnector(clocks.Wall);
        return options.Kind switch
        {
            TriggerWireKind.Helper => new HelperWire(options, wire, clocks),
            TriggerWireKind.Aeris => new AerisWire(options, wire, clocks),
            TriggerWireKind.SerialLine => new SerialLineWire(options, wire, clocks),
            _ => new ContactWire(options, ModbusLines.OfProcess, connector, clocks),
        };
    }
}
