namespace CellLab.HardwareSim.Neware.Program;

/// <summary>Step types of the step file that the simulated tester runs (1-7, 13, 19, 20, 25); others are refused at start.</summary>
internal enum BtsStepType
{
    ChargeCurrent = 1,
    DischargeCurrent = 2,
    ChargeVoltage = 3,
    Rest = 4,
    Loop = 5,
    End = 6,
    ChargeCurrentVoltage = 7,
    Pause = 13,
    DischargeVoltage = 19,
    DischargeCurrentVoltage = 20,
    VoltageScan = 25,
}
