namespace CellLab.HardwareSim.ModbusCycler;

/// <summary>What stands on a device's plate: largest current either way and largest voltage.</summary>
internal sealed record ModbusPlate(double Amperes, double Volts);
