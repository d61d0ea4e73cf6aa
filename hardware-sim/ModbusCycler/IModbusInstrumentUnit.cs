using CellLab.Transport.Modbus.Slave;

namespace CellLab.HardwareSim.ModbusCycler;

/// <summary>One simulated instrument behind its registers.</summary>
internal interface IModbusInstrumentUnit : IModbusUnit
{
    /// <summary>Its protection opens the output, once, and it shows that it did.</summary>
    void Trip();

    /// <summary>A person has looked and acknowledged it at the instrument.</summary>
    void Acknowledge();
}
