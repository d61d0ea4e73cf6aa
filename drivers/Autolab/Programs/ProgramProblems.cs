using CellLab.Core.Programs;

namespace CellLab.Drivers.Autolab.Programs;

/// <summary>What an Autolab behind its bridge cannot run, one sentence each.</summary>
internal static class ProgramProblems
{
    /// <summary>The bridge's request is one line of 64 KiB.</summary>
    private const int MostSteps = 300;

    public static IReadOnlyList<string> Of(CellProgram program)
    {
        List<string> problems = [.. program.Steps.SelectMany(step => Of(step).Select(problem => $"step {step.Number}: {problem}"))];
        if (program.Measured is not null)
        {
            problems.Add("its rate base is measured in the test; this instrument's currents are fixed at the start");
        }

        if (program.Steps.Count > MostSteps)
        {
            problems.Add($"{program.Steps.Count} steps are more than the bridge takes ({MostSteps}); use loops");
        }

        return problems;
    }

    private static IEnumerable<string> Of(ProgramStep step) => step switch
    {
        CurrentStep current when Math.Abs(current.CurrentAmperes) > AutolabModel.MaxAmperes => [$"{AutolabModel.Name} gives up to {AutolabModel.MaxAmperes} A"],
        CurrentStep { UntilVoltageVolts: { } volts } when Math.Abs(volts) > AutolabModel.MaxVolts => [$"{AutolabModel.Name} reaches {AutolabModel.MaxVolts} V"],
        VoltageStep { StartCurrentAmperes: not null } => ["a hold with a largest current is not within this instrument's means; charge to the potential first"],
        VoltageStep hold when Math.Abs(hold.VoltageVolts) > AutolabModel.MaxVolts => [$"{AutolabModel.Name} holds up to {AutolabModel.MaxVolts} V"],
        ScanStep scan when Math.Max(Math.Abs(scan.StartVolts), Math.Abs(scan.EndVolts)) > AutolabModel.MaxVolts => [$"{AutolabModel.Name} scans up to {AutolabModel.MaxVolts} V"],
        ScanStep scan when scan.VoltsPerSecond > AutolabModel.MaxScanVoltsPerSecond =>
            [FormattableString.Invariant($"scans are made by software, up to {AutolabModel.MaxScanVoltsPerSecond} V/s")],
        PowerStep or ResistanceStep => ["constant power and constant resistance are not within this instrument's means"],
        LoopStep { Exits: not null } => ["the exit of a loop is not within this instrument's means"],
        LoopStep { CountsOn: true } => ["a loop that counts on over the passes round it is not within this instrument's means"],
        OtherInstrumentStep other => [$"'{other.Kind}' within a program is not within this instrument's means"],
        _ => [],
    };
}
