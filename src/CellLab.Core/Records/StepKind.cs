namespace CellLab.Core.Records;

/// <summary>What an executed step does to the cell. The numbers are stored in files: never renumber.</summary>
public enum StepKind
{
    Unknown = 0,
    Rest = 1,
    ConstantCurrentCharge = 2,
    ConstantCurrentDischarge = 3,
    ConstantVoltage = 4,
    ConstantCurrentConstantVoltage = 5,
    VoltageScan = 6,
    ConstantPower = 7,
    ConstantResistance = 8,
    Pulse = 9,
    Impedance = 10,
    Pause = 11,
    End = 12,
}
