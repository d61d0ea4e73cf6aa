using CellLab.Core.Programs;

namespace CellLab.Drivers.MethodScript.Scripts;

/// <summary>What a potentiostat of this family cannot run alone, one sentence each.</summary>
internal static class ProgramProblems
{
    public static IReadOnlyList<string> Of(CellProgram program, MethodScriptModel model)
    {
        List<string> problems = [.. program.Steps.SelectMany(step => Of(step, model).Select(problem => $"step {step.Number}: {problem}"))];
        if (program.Measured is not null)
        {
            problems.Add("its rate base is measured in the test; this instrument's currents are fixed at the start");
        }

        return problems;
    }

    private static IEnumerable<string> Of(ProgramStep step, MethodScriptModel model) => step switch
    {
        CurrentStep current when Math.Abs(current.CurrentAmperes) > model.MaxAmperes => [$"{model.Name} gives up to {model.MaxAmperes} A"],
        CurrentStep { UntilVoltageVolts: { } volts } when Math.Abs(volts) > model.MaxVolts => [$"{model.Name} reaches {model.MaxVolts} V"],
        VoltageStep { StartCurrentAmperes: not null } => ["a hold with a largest current is not within this instrument's means; charge to the potential first"],
        VoltageStep hold when Math.Abs(hold.VoltageVolts) > model.MaxVolts => [$"{model.Name} holds up to {model.MaxVolts} V"],
        ScanStep scan when Math.Max(Math.Abs(scan.StartVolts), Math.Abs(scan.EndVolts)) > model.MaxVolts => [$"{model.Name} scans up to {model.MaxVolts} V"],
        PowerStep or ResistanceStep => ["constant power and constant resistance are not within this instrument's means"],
        LoopStep { Exits: not null } => ["the exit of a loop is not within this instrument's means"],
        LoopStep { CountsOn: true } => ["a loop that counts on over the passes round it is not within this instrument's means"],
        OtherInstrumentStep other => [$"'{other.Kind}' within a program is not within this instrument's means"],
        _ => [],
    };
}
