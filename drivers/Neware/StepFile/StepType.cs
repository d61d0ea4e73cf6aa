namespace CellLab.Drivers.Neware.StepFile;

/// <summary>Codes of <c>Step_Type</c> that CellLab writes; the vendor's meaning. All were seen in step files run on hardware.</summary>
internal enum StepType
{
    ConstantCurrentCharge = 1,
    ConstantCurrentDischarge = 2,
    ConstantVoltageCharge = 3,
    Rest = 4,
    Loop = 5,
    End = 6,
    ConstantVoltageDischarge = 19,
    VoltageScan = 25,
}
