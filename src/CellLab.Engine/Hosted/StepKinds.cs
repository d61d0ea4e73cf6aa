using CellLab.Core.Programs;
using CellLab.Core.Records;

namespace CellLab.Engine.Hosted;

internal static class StepKinds
{
    public static StepKind Of(ProgramStep step) => step switch
    {
        RestStep => StepKind.Rest,
        CurrentStep current => current.CurrentAmperes >= 0 ? StepKind.ConstantCurrentCharge : StepKind.ConstantCurrentDischarge,
        VoltageStep => StepKind.ConstantVoltage,
        ScanStep => StepKind.VoltageScan,
        PowerStep => StepKind.ConstantPower,
        ResistanceStep => StepKind.ConstantResistance,
        _ => StepKind.Unknown,
    };
}
