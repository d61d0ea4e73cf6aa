namespace CellLab.Drivers.Neware.StepFile;

/// <summary>Codes of <c>Step_Type</c>; the vendor's meaning. 1 to 7, 19 and 25 were seen in step files run on hardware, the others are taken from
/// the codes in data files and generators.</summary>
internal enum StepType
{
    ConstantCurrentCharge = 1,
    ConstantCurrentDischarge = 2,
    ConstantVoltageCharge = 3,
    Rest = 4,
    Loop = 5,
    End = 6,
    ConstantCurrentVoltageCharge = 7,
    ConstantPowerDischarge = 8,
    ConstantPowerCharge = 9,
    ConstantResistanceDischarge = 10,
    Pause = 13,
    Pulse = 16,
    Simulation = 17,
    PackCharge = 18,
    ConstantVoltageDischarge = 19,
    ConstantCurrentVoltageDischarge = 20,
    Control = 21,
    OpenCircuitVoltage = 22,
    VoltageScan = 25,
    ConstantPowerVoltageDischarge = 26,
    ConstantPowerVoltageCharge = 27,
}
