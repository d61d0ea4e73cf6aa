using CellLab.Core.Programs;
using CellLab.Core.Protocols;
using CellLab.Core.Units;
using CellLab.Service.Offline.Preview;

namespace CellLab.Tests.HardwareSim.Neware;

/// <summary>What the preview says of a protocol is what the simulated tester then does: the same executed steps in the same order, each within 1 %.</summary>
[Trait("Suite", "Broad")]
public sealed class PreviewAgreementTests
{
    private const ulong Seed = 17;
    private const double Share = 0.01;

    /// <summary>What a tester cannot tell at the ends of a step.</summary>
    private const double TesterSeconds = 1;

    private static readonly CRateBase Base = new(250, 2);

    [Theory]
    [InlineData("repeats in repeats", 1, """
          - repeat: 2
            steps:
              - Rest for 20 minutes
              - repeat: 3
                steps: [Charge at 1C until 4.6 V, Discharge at 1C for 2 hours or until 2.5 V]
              - Charge at C/2 for 20 minutes or until 4.8 V
          - Discharge at 100 mA/g until 2.0 V
        """)]
    [InlineData("exits by voltage and by capacity", 3, """
          - repeat: 40
            until: voltage > 4.4 V
            steps: [Charge at 0.2C for 30 minutes or until 4.8 V, Rest for 10 minutes]
          - Discharge at 0.5C until 2.0 V
          - repeat: 10
            name: life
            until: capacity < 85 % of cycle 1
            steps: [Charge at 3C until 4.8 V, Discharge at 3C until 2.0 V]
          - Charge at 1C until 4.0 V
        """)]
    [InlineData("constant current, constant voltage", 1, """
          - repeat: 2
            steps:
              - Charge at 1C until 4.6 V
              - Hold at 4.6 V until C/20
              - Rest for 30 minutes
              - Discharge at 1C until 2.5 V
              - Hold at 2.5 V for 15 minutes or until C/50
              - {step: constant_voltage, voltage_V: 4.5, start_rate_C: 0.5, until_rate_C: 0.05}
              - {step: constant_voltage, voltage_V: 2.4, start_current_mA: -0.25, until_time_s: 14400, until_capacity_mAh: 0.3}
        """)]
    [InlineData("GITT", 2, """
          - Charge at 0.1C until 4.8 V
          - Discharge at 0.1C until 2.0 V
          - Rest for 2 hours
          - {step: gitt, rate_C: 0.1, pulse_s: 600, rest_s: 7200, until_voltage_V: 4.7}
          - Discharge at 0.1C until 2.0 V
        """)]
    public void The_tester_does_what_the_preview_says(string name, int segments, string method)
    {
        CellProgram program = Compile($"celllab_protocol: 1\nname: {name}\nwindow: 1.9-4.8 V\nmethod:\n{method}");
        PreviewedExecution[] said = [.. ProtocolRehearsal.Play(program, new RehearsalSetup { Cell = "LMNO", Base = Base }, default).Executed];
        var run = new TesterRun(program, Seed);
        IReadOnlyList<(int Step, double Seconds)> done = run.Play();

        Assert.Equal(said.Select(step => step.Step), done.Select(step => step.Step));
        Assert.Equal(segments, run.Segments);
        Assert.All(said.Zip(done), pair => Assert.True(
            Math.Abs(pair.Second.Seconds - pair.First.DurationS) <= Share * pair.First.DurationS + TesterSeconds,
            $"executed step {pair.First.StepCount} (step {pair.First.Step}): previewed {pair.First.DurationS} s, run {pair.Second.Seconds} s"));
    }

    private static CellProgram Compile(string text)
    {
        ProtocolReading reading = ProtocolReader.Read("p.yaml", text);
        Assert.Empty(reading.Errors);
        Compilation compilation = ProgramCompiler.Compile(reading.Protocol!, Base);
        Assert.True(compilation.Program is not null, string.Join('\n', compilation.Errors));
        return compilation.Program!;
    }
}
