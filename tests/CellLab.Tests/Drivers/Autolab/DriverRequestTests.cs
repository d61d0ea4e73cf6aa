using System.Text.Json;
using CellLab.AutolabBridge.Running;
using CellLab.AutolabBridge.Wire;
using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Core.Safety;
using CellLab.Drivers.Autolab;
using CellLab.Drivers.Autolab.Programs;

namespace CellLab.Tests.Drivers.Autolab;

/// <summary>What the driver asks for is what the bridge understands.</summary>
public sealed class DriverRequestTests
{
    private static readonly AutolabOptions s_options = new() { Address = new Uri("tcp://localhost:1"), HardwareSetup = "x", Adk = "y" };
    private static readonly SafetyLimits s_limits = new(4.9, 1.8, 1e-3, -2e-3, null, 5);

    [Fact]
    public void A_program_is_one_sequence_with_the_program_s_step_numbers()
    {
        var program = new CellProgram(
            "gitt",
            [
                new CurrentStep(1, "gitt", 2.5e-5, null, 600, 4.8), new RestStep(2, "gitt", 3600), new LoopStep(3, "gitt", 1, 40),
                new VoltageStep(4, "main", 4.8, true, null, 1e-5), new ScanStep(5, "main", 4.8, 2.0, 1e-4),
            ],
            new RecordRule(10, 0.005, null), s_limits, 5e-4);

        RunPlan plan = Planned(program, s_options);

        Assert.Equal([Technique.Cp, Technique.Ocp, Technique.Loop, Technique.Ca, Technique.Lsv], plan.Steps.Select(s => s.Technique));
        Assert.Equal((2.5e-5, 600, 4.8, 10, 0.005), (plan.Steps[0].Setpoint, plan.Steps[0].DurationSeconds, plan.Steps[0].UntilVolts, plan.Steps[0].RecordSeconds, plan.Steps[0].RecordVolts));
        Assert.Equal((1, 40), (plan.Steps[2].FirstStep, plan.Steps[2].Passes));
        Assert.Equal(1e-5, plan.Steps[3].UntilAmperes);
        Assert.Equal((1.8, 4.9, -2e-3, 1e-3), (plan.Limits.MinVolts, plan.Limits.MaxVolts, plan.Limits.MinAmperes, plan.Limits.MaxAmperes));
        Assert.InRange(plan.Limits.MaxSeconds, (40 * 4200) + (48 * 3600) + 28_000, 1.3 * ((40 * 4200) + (48 * 3600) + 28_000));
    }

    [Fact]
    public void A_wiring_with_the_other_sign_turns_currents_and_their_limits_round()
    {
        var program = new CellProgram(
            "d", [new CurrentStep(1, "main", -1e-4, null, 600, 2.0), new VoltageStep(2, "main", 2.0, false, 60, -1e-5)], new RecordRule(1, null, null), s_limits, 5e-4);

        RunPlan plan = Planned(program, s_options with { CurrentSign = -1 });

        Assert.Equal((1e-4, 1e-5), (plan.Steps[0].Setpoint, plan.Steps[1].UntilAmperes));
        Assert.Equal((2.0, -1.0), (plan.Steps[0].UntilVolts, plan.Steps[0].UntilVoltsDirection)); // a discharge ends from above, whatever the instrument calls its current
        Assert.Equal((-1e-3, 2e-3), (plan.Limits.MinAmperes, plan.Limits.MaxAmperes));
    }

    [Theory]
    [InlineData(Excitation.Potential, 0.01, "Peis")]
    [InlineData(Excitation.Current, 5e-5, "Geis")]
    public void A_spectrum_is_a_rest_and_a_sweep(Excitation excitation, double amplitude, string technique)
    {
        var plan = new SpectrumPlan(excitation, amplitude, 100e3, 0.01, 71);
        RunPlan read = Read(SpectrumRequest.Of("r1", plan, s_options).ToJsonString());
        Assert.Empty(SpectrumRequest.Problems(plan));
        Assert.Equal(["Ocp", technique], read.Steps.Select(s => s.Technique.ToString()));
        Assert.Equal((amplitude, 100e3, 0.01, 71, null), (read.Steps[1].Amplitude, read.Steps[1].FirstHertz, read.Steps[1].LastHertz, read.Steps[1].Points, read.Steps[1].Bias));
    }

    [Fact]
    public void What_the_instrument_cannot_do_is_named_with_its_step()
    {
        var program = new CellProgram(
            "no",
            [
                new RestStep(1, "main", 60, 1e-6), new PowerStep(2, "main", 1, 60, 4.8), new ScanStep(3, "main", 2, 4, 0.1), new CurrentStep(4, "main", 5, null, 60, 4.8),
                new LoopStep(5, "main", 1, 2) { Exits = new LoopExits { VoltageAboveVolts = 4.8 } },
            ],
            new RecordRule(1, null, null), s_limits, 5e-4);

        IReadOnlyList<string> problems = ProgramProblems.Of(program);

        Assert.Equal(["step 2", "step 3", "step 4", "step 5"], problems.Select(p => p.Split(':')[0]));
        Assert.Equal(4, SpectrumRequest.Problems(new SpectrumPlan(Excitation.Potential, 1, 1e7, 0.01, 1, Bias: 12)).Count);
    }

    private static RunPlan Planned(CellProgram program, AutolabOptions options) => Read(ProgramRequest.Of("r1", program, options).ToJsonString());

    private static RunPlan Read(string request)
    {
        Dictionary<string, JsonElement> members = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(request)!;
        string line = $$"""{"id":1,"op":"run",{{string.Join(",", members.Select(m => $"\"{m.Key}\":{m.Value.GetRawText()}"))}}}""";
        return PlanReader.Read(Request.Read(line).Fields);
    }
}
