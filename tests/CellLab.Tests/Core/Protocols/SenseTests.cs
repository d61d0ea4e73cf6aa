using CellLab.Core.Devices;
using CellLab.Core.Protocols;
using CellLab.Core.Units;

namespace CellLab.Tests.Core.Protocols;

/// <summary>What is legal but hardly meant: told as a warning. What cannot be meant stands among the bad files of the language.</summary>
public sealed class SenseTests
{
    private static readonly CRateBase Base = new(250, 2);

    [Theory]
    [InlineData("- Charge at 1C until 4.8 V\n  - Charge at 0.1C until 4.5 V", "it charges until 4.5 V, but 'Charge at 1C until 4.8 V' before it leads to 4.8 V: it may end at once")]
    [InlineData("- Charge at 1C until 4.8 V\n  - Rest for 10 h\n  - Charge at 1C until 4.5 V", "it may end at once")]
    [InlineData("- Charge at 0.1C until 4.8 V\n  - Hold at 4.8 V until 0.2C", "its end current is not below that of 'Charge at 0.1C until 4.8 V' before it: it ends at once")]
    [InlineData("- repeat: 1\n    steps: [Charge at 1C for 1 h, Rest for 1 h]\n    until: voltage > 4.8 V", "a repeat of one pass has nothing left to end early")]
    [InlineData("- repeat: 9\n    steps: [Charge at 1C until 4.8 V, Discharge at 1C until 2.0 V]\n    until: voltage > 4.0 V", "is met in the first pass already")]
    [InlineData("- Rest for 4 h or until dE/dt < 1 mV/h", "does not judge how slowly the voltage moves: the rest lasts its whole 4 h")]
    public void A_doubtful_step_is_a_warning_and_no_error(string method, string warning)
    {
        Compilation compiled = Compile(method, CompileOptions.None);
        Assert.Empty(compiled.Errors);
        Assert.Contains(compiled.Warnings, found => found.Line > 0 && found.Message.Contains(warning, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("- Charge at 1C until 4.8 V\n  - Charge at 0.1C until 4.8 V\n  - Discharge at 1C until 2.0 V\n  - Charge at 1C until 4.8 V\n  - Rest for 1 h\n  - Charge at 1C until 4.8 V")]
    [InlineData("- Charge at 1C until 4.8 V\n  - Hold at 4.8 V until C/20\n  - repeat: 3\n    steps: [Rest for 1 h, Discharge at 1C until 2.0 V, Charge at 1C until 4.8 V, Hold at 4.8 V until C/20]")]
    [InlineData("- {step: gitt, rate_C: 0.1, pulse_s: 600, rest_s: 3600, until_voltage_V: 4.8}\n  - {step: gitt, rate_C: -0.1, pulse_s: 600, rest_s: 3600, until_voltage_V: 2.0}")]
    [InlineData("- repeat: 100\n    steps: [Charge at 1C until 4.8 V, Discharge at 1C until 2.0 V]\n    until: capacity < 80 % of cycle 100")]
    public void What_technicians_write_every_day_is_neither(string method)
    {
        Compilation compiled = Compile(method, CompileOptions.None);
        Assert.Empty(compiled.Errors.Concat(compiled.Warnings));
    }

    [Fact]
    public void A_channel_that_the_service_steps_judges_a_rest_itself() => Assert.Empty(Compile(
        "- Rest for 4 h or until dE/dt < 1 mV/h\n  - Charge at 1C until 4.8 V", new CompileOptions { Channel = new ChannelCapability { SteppedByService = true, CurrentRangesAmperes = [1e-2] } }).Warnings);

    private static Compilation Compile(string method, CompileOptions options)
    {
        ProtocolReading reading = ProtocolReader.Read("p.yaml", $"celllab_protocol: 1\nwindow: 2.0-4.8 V\nmethod:\n  {method}\n");
        Assert.Empty(reading.Errors);
        return ProgramCompiler.Compile(reading.Protocol!, Base, options);
    }
}
