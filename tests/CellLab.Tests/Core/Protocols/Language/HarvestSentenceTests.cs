using CellLab.Core.Programs;
using CellLab.Core.Protocols;
using CellLab.Core.Units;

namespace CellLab.Tests.Core.Protocols.Language;

public sealed class HarvestSentenceTests
{
    private const string Head = "celllab_protocol: 1\nwindow: 2.0-4.8 V\nmethod:\n";

    [Fact]
    public void The_cell_is_brought_to_the_state_with_the_current_of_the_last_step_of_that_direction_and_taken_out()
    {
        CellProgram program = Compile("  - Charge at 0.05C until 4.8 V\n  - Discharge at 0.1C until 2.0 V\n  - Harvest at 4.6 V on charge\n");

        CurrentStep last = program.Steps.OfType<CurrentStep>().Last();
        Assert.Equal((0.05, 4.6), (last.RateC, last.UntilVoltageVolts));
        OtherInstrumentStep harvest = Assert.Single(program.Steps.OfType<OtherInstrumentStep>());
        Assert.Equal(("harvest", "4.6", last.Number + 1), (harvest.Kind, harvest.Members["voltage_V"], harvest.Number));
    }

    [Fact]
    public void A_current_of_its_own_goes_before_that_of_earlier_steps()
    {
        CellProgram program = Compile("  - Charge at 0.05C until 4.8 V\n  - harvest at 3.2 V on discharge at 0.2C\n");

        Assert.Equal((-0.2, 3.2), program.Steps.OfType<CurrentStep>().Select(step => (step.RateC, step.UntilVoltageVolts)).Last());
    }

    [Fact]
    public void Harvest_alone_takes_the_cell_out_as_it_stands() =>
        Assert.Single(Compile("  - Charge at 0.05C until 4.3 V\n  - Harvest\n").Steps.OfType<CurrentStep>());

    [Theory]
    [InlineData("  - Discharge at 0.1C until 2.0 V\n  - Harvest at 4.6 V on charge\n", "no step above charges")]
    [InlineData("  - Charge at 0.1C until 4.8 V\n  - Harvest at 4.6 V\n", "Harvest names a voltage and the way to it")]
    [InlineData("  - Charge at 0.1C until 4.8 V\n  - Harvest at 4.6 V on charge at fast\n", "fast")]
    public void What_is_missing_is_told(string method, string told) =>
        Assert.Contains(ProtocolCheck.Of("p.yaml", Head + method, new CRateBase(250, 2)).Errors, error => error.ToString()!.Contains(told, StringComparison.Ordinal));

    private static CellProgram Compile(string method)
    {
        ProtocolReading reading = ProtocolReader.Read("p.yaml", Head + method);
        Assert.True(reading.Protocol is not null, string.Join("\n", reading.Errors));
        Compilation compilation = ProgramCompiler.Compile(reading.Protocol, new CRateBase(250, 2), CompileOptions.None with { Pipeline = new PipelineRoles("coin-1", new Dictionary<string, string>()) });
        return compilation.Program ?? throw new Xunit.Sdk.XunitException(string.Join("\n", compilation.Errors));
    }
}
