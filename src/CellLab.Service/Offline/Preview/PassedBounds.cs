using CellLab.Core.Programs;
using CellLab.Core.Units;

namespace CellLab.Service.Offline.Preview;

/// <summary>Watches a rehearsal for what the program's machine does not stop at: a limit that is passed for less than its delay, and currents of power
/// and resistance steps above every range. (Currents that are programmed were held against the ranges before.)</summary>
internal sealed class PassedBounds(CellProgram program, RehearsalSetup setup)
{
    /// <summary>More than a cut-off is overrun by.</summary>
    private const double CountedVolts = 10 * DryRun.OvershootVolts;

    private double _highest = double.MinValue;
    private double _lowest = double.MaxValue;
    private double _peak;

    /// <summary>The first step that went too far, in words; null when none did.</summary>
    public string? Text { get; private set; }

    private bool RangesKnown => setup.Channel is not { CurrentRangesAmperes.Count: 0 };

    public void Measured(CellMeasurement measurement)
    {
        _highest = Math.Max(_highest, measurement.VoltageVolts);
        _lowest = Math.Min(_lowest, measurement.VoltageVolts);
        _peak = Math.Max(_peak, Math.Abs(measurement.CurrentAmperes));
    }

    public void Ended(ProgramStep step)
    {
        Text ??= Problem(step);
        (_highest, _lowest, _peak) = (double.MinValue, double.MaxValue, 0);
    }

    private string? Problem(ProgramStep step)
    {
        if (program.Limits.MaxVolts is { } max && _highest > max + CountedVolts)
        {
            return $"step {step.Number} passes the safety limit max_voltage_V {QuantityText.Volts(max)}: it reaches {QuantityText.Volts(_highest)}";
        }

        if (program.Limits.MinVolts is { } min && _lowest < min - CountedVolts)
        {
            return $"step {step.Number} passes the safety limit min_voltage_V {QuantityText.Volts(min)}: it reaches {QuantityText.Volts(_lowest)}";
        }

        return step is PowerStep or ResistanceStep && RangesKnown && !setup.Accuracy.Holds(_peak)
            ? $"step {step.Number} draws up to {QuantityText.Milliamperes(_peak)}, above all {(setup.Channel is null ? "assumed " : "")}current ranges ({setup.Accuracy.RangesText}); check the unit, or name the channel's ranges"
            : null;
    }
}
