using System.Globalization;
using CellLab.Core.Devices;
using CellLab.Core.Programs;

namespace CellLab.Drivers.Land;

/// <summary>What a person is asked to do at the tester.</summary>
internal static class LandTasks
{
    private const int MostSteps = 12;

    /// <summary>Steps that a person cannot be expected to set up there.</summary>
    public static IReadOnlyList<string> Problems(CellProgram program) =>
        [.. InstrumentPart.Problems(program), .. program.Steps.Where(step => step is ScanStep).Select(step => $"step {step.Number} is a voltage scan, which a LAND program does not have")];

    public static string Start(ChannelAddress channel, CellProgram program, string barcode)
    {
        string steps = string.Join("; ", program.Steps.Take(MostSteps).Select(Words));
        string rest = program.Steps.Count > MostSteps ? $"; and {program.Steps.Count - MostSteps} more" : "";
        return $"start the program '{program.Name}' on channel {channel.Channel} in the LAND monitor program with the test name {barcode}; "
            + $"its steps, one by one as numbered here: {steps}{rest}";
    }

    private static string Words(ProgramStep step) => step switch
    {
        RestStep rest => Text($"{rest.Number} rest {rest.DurationSeconds:0.###} s"),
        CurrentStep current => Text($"{current.Number} constant current {current.CurrentAmperes * 1e3:0.#####} mA")
            + Until(current.UntilSeconds, current.UntilVoltageVolts, null, current.UntilAmpereHours),
        VoltageStep voltage => Text($"{voltage.Number} constant voltage {voltage.VoltageVolts:0.####} V")
            + (voltage is { CurrentFirst: true, StartCurrentAmperes: { } start } ? Text($" after constant current {start * 1e3:0.#####} mA") : "")
            + Until(voltage.UntilSeconds, null, voltage.UntilCurrentAmperes, voltage.UntilAmpereHours),
        PowerStep power => Text($"{power.Number} constant power {power.Watts * 1e3:0.#####} mW")
            + Until(power.UntilSeconds, power.UntilVoltageVolts, null, power.UntilAmpereHours),
        ResistanceStep resistance => Text($"{resistance.Number} constant resistance {resistance.Ohms:0.###} ohm")
            + Until(resistance.UntilSeconds, resistance.UntilVoltageVolts, null, resistance.UntilAmpereHours),
        LoopStep loop => Text($"{loop.Number} go back to step {loop.FirstStep} until {loop.Passes} passes are done"),
        _ => Text($"{step.Number} {step.GetType().Name}"),
    };

    private static string Until(double? seconds, double? volts, double? amperes, double? ampereHours)
    {
        var ends = new List<string>();
        Add(volts, 1, "V");
        Add(amperes, 1e3, "mA");
        Add(ampereHours, 1e3, "mAh");
        Add(seconds, 1, "s");
        return ends.Count == 0 ? "" : " until " + string.Join(" or ", ends);

        void Add(double? value, double factor, string unit)
        {
            if (value is { } end)
            {
                ends.Add(Text($"{end * factor:0.#####} {unit}"));
            }
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
