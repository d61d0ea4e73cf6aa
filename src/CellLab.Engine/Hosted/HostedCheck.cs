using System.Globalization;
using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Core.Safety;

namespace CellLab.Engine.Hosted;

/// <summary>What an output cannot do with a program, by step. Pure.</summary>
internal static class HostedCheck
{
    public static IReadOnlyList<string> Problems(CellProgram program, SourceMeterTraits traits) =>
        [.. InstrumentPart.Problems(program), .. program.Steps.SelectMany(step => Of(step, program.Limits, traits).Select(problem => $"step {step.Number}: {problem}"))];

    private static IEnumerable<string> Of(ProgramStep step, SafetyLimits limits, SourceMeterTraits traits) => step switch
    {
        RestStep or LoopStep => [],
        CurrentStep current => Current(current.CurrentAmperes, traits).Concat(Voltage(current.UntilVoltageVolts, traits)),
        VoltageStep hold => Hold(hold, limits, traits).Concat(Voltage(hold.VoltageVolts, traits)),
        PowerStep power => Power(power, traits).Concat(Voltage(power.UntilVoltageVolts, traits)),
        ScanStep scan => Scan(limits, traits).Concat(Voltage(scan.StartVolts, traits)).Concat(Voltage(scan.EndVolts, traits)),
        ResistanceStep => ["the service steps no constant resistance; give a current or a power"],
        OtherInstrumentStep other => [$"'{other.Kind}' needs {other.Needs}"],
        _ => [$"a {step.GetType().Name} cannot be stepped by the service"],
    };

    private static IEnumerable<string> Current(double amperes, SourceMeterTraits traits)
    {
        double most = amperes >= 0 ? traits.MaxChargeAmperes : traits.MaxDischargeAmperes;
        string way = amperes >= 0 ? "charge" : "discharge";
        if (most <= 0)
        {
            yield return $"the device cannot {way} a cell";
        }
        else if (Math.Abs(amperes) > most)
        {
            yield return Text($"{Math.Abs(amperes) * 1e3:G4} mA is more than the {most * 1e3:G4} mA with which the device can {way}");
        }
        else if (Math.Abs(amperes) < traits.CurrentResolutionAmperes)
        {
            yield return Text($"{Math.Abs(amperes) * 1e3:G4} mA is less than the smallest step of the device, {traits.CurrentResolutionAmperes * 1e3:G4} mA");
        }
    }

    private static IEnumerable<string> Hold(VoltageStep hold, SafetyLimits limits, SourceMeterTraits traits)
    {
        double most = hold.Charging ? traits.MaxChargeAmperes : traits.MaxDischargeAmperes;
        if (!traits.HoldsVoltage)
        {
            yield return "the device cannot hold a voltage";
        }
        else if (most <= 0)
        {
            yield return $"the device cannot {(hold.Charging ? "charge" : "discharge")} a cell";
        }
        else if (hold is { CurrentFirst: true, StartCurrentAmperes: { } start })
        {
            foreach (string problem in Current(start, traits))
            {
                yield return problem;
            }
        }
        else if (hold.StartCurrentAmperes is null && Unbounded(hold.Charging, limits) is { } member)
        {
            yield return Text($"nothing bounds the current of this hold: the output would give up to {most * 1e3:G4} mA. Let a current step lead to {hold.VoltageVolts:G4} V, or give the step a starting current or safety.{member}");
        }
    }

    /// <returns>The limit that is missing in that direction.</returns>
    private static string? Unbounded(bool charging, SafetyLimits limits) => charging
        ? limits.MaxAmperes > 0 ? null : "max_current_mA"
        : limits.MinAmperes < 0 ? null : "min_current_mA";

    private static IEnumerable<string> Power(PowerStep power, SourceMeterTraits traits)
    {
        bool ableWay = (power.Watts >= 0 ? traits.MaxChargeAmperes : traits.MaxDischargeAmperes) > 0;
        if (!traits.HoldsPower || !ableWay)
        {
            yield return $"the device cannot {(power.Watts >= 0 ? "charge" : "discharge")} a cell at constant power";
        }
    }

    private static IEnumerable<string> Scan(SafetyLimits limits, SourceMeterTraits traits)
    {
        if (!traits.HoldsVoltage || traits.MaxChargeAmperes <= 0 || traits.MaxDischargeAmperes <= 0)
        {
            yield return "a voltage scan needs a device that holds a voltage in both directions";
        }

        foreach (string member in new[] { Unbounded(true, limits), Unbounded(false, limits) }.OfType<string>())
        {
            yield return $"nothing bounds the current of this scan: give safety.{member}";
        }
    }

    private static IEnumerable<string> Voltage(double? volts, SourceMeterTraits traits)
    {
        if (volts < traits.MinVolts || volts > traits.MaxVolts)
        {
            yield return Text($"{volts:F3} V is outside the device's {traits.MinVolts:F3} to {traits.MaxVolts:F3} V");
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
