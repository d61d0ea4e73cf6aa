using CellLab.Core.Records;

namespace CellLab.Storage.Export;

/// <summary>Customary words for step types.</summary>
internal static class BdfStepTypes
{
    /// <param name="direction">Sign of the step's first current that is not zero.</param>
    public static string Of(StepKind kind, int direction) => kind switch
    {
        StepKind.Rest => "REST",
        StepKind.ConstantCurrentCharge => "CC_CHG",
        StepKind.ConstantCurrentDischarge => "CC_DCH",
        StepKind.ConstantVoltage => "CV" + Suffix(direction),
        StepKind.ConstantCurrentConstantVoltage => "CCCV" + Suffix(direction),
        StepKind.ConstantPower => "CP" + Suffix(direction),
        StepKind.ConstantResistance => "CR_DCH",
        StepKind.VoltageScan => "LSV",
        StepKind.Pulse => "PULSE",
        StepKind.Impedance => "EIS",
        StepKind.Pause => "PAUSE",
        StepKind.End => "END",
        _ => "UNKNOWN",
    };

    private static string Suffix(int direction) => direction < 0 ? "_DCH" : "_CHG";
}
