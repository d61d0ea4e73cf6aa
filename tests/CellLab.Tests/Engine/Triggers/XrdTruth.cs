using CellLab.CellModel;
using CellLab.Core.Records;
using CellLab.HardwareSim.Cells;

namespace CellLab.Tests.Engine.Triggers;

/// <summary>What the cell model says of a charge and a discharge, as the channel's electronics show it: fixed gain and offset applied, no noise.</summary>
internal sealed class XrdTruth
{
    private const double SetMilliamperes = 0.05;
    private const double RangeMilliamperes = 0.1;
    private const double MilliGrams = 2;

    private readonly List<double>[] _volts = [[], []];

    /// <param name="seed">Of the bench file; the cell sits in the first channel.</param>
    /// <param name="rows">They tell how long the charge took.</param>
    public XrdTruth(ulong seed, IReadOnlyList<RecordRow> rows)
    {
        var streams = new SplitMix64(seed);
        streams.Next();
        var meter = new Meter(exact: false, streams.Next());
        var stepper = new CellStepper(Materials.Get("LMNO"));
        CellState state = CellState.Fresh(stepper.Parameters);
        for (int step = 1; step <= 2; step++)
        {
            double seconds = rows.Last(row => row.Record.StepId == step).Record.StepTimeSeconds;
            double milliamperes = meter.TrueMilliamperes(step == 1 ? SetMilliamperes : -SetMilliamperes, RangeMilliamperes);
            stepper.Step(ref state, 1e-3, milliamperes);
            _volts[step - 1].Add(meter.ShownVolts(state.Volts));
            for (double reached = 1; reached <= seconds; reached++)
            {
                stepper.Step(ref state, 1, milliamperes);
                _volts[step - 1].Add(meter.ShownVolts(state.Volts));
            }

            stepper.Step(ref state, seconds % 1, milliamperes);
            _volts[step - 1].Add(meter.ShownVolts(state.Volts));
        }
    }

    public double VoltsAt(int step, double seconds)
    {
        List<double> volts = _volts[step - 1];
        int before = Math.Clamp((int)seconds, 0, volts.Count - 2);
        return volts[before] + ((seconds - before) * (volts[before + 1] - volts[before]));
    }

    public static double CapacityAt(double seconds) => SetMilliamperes * seconds / 3600 / MilliGrams * 1e3;
}
