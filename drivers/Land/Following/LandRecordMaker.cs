using System.Globalization;
using CellLab.Core.Records;
using CellLab.Drivers.Land.Ccs;

namespace CellLab.Drivers.Land.Following;

/// <summary>Turns blocks into records of a test: sums up what a file holds as differences. The direction comes from the sign of the current; the mode word
/// tells rest and constant voltage only, since readers disagree about the others.</summary>
internal sealed class LandRecordMaker(LandFollowState state, int firstStepNumber, DateTimeOffset receivedAtUtc, List<string> notes)
{
    public List<InstrumentRecord> Records { get; } = [];

    public List<StepTime> StepTimes { get; } = [];

    /// <param name="continues">It stands at the beginning of a continued file: the step that ran may simply go on.</param>
    public void Begin(in CcsControl control, bool continues)
    {
        if (continues && control.Step == state.Step && control.Cycle == state.Cycle && control.Mode == state.Mode)
        {
            return;
        }

        EndStep(control.TestSeconds);
        state.StepCount++;
        (state.Step, state.Mode, state.Cycle) = (control.Step, control.Mode, control.Cycle);
        state.StepStartSeconds = control.TestSeconds;
        state.StepSeconds = state.StepAmpereHours = state.StepWattHours = 0;
        state.FirstRecordOfStep = state.LastRecord + 1;
    }

    /// <summary>The step that runs is over: by the next one's start, or by the last record.</summary>
    public void EndStep(double? atTestSeconds)
    {
        if (state.StepCount == 0 || state.LastRecord < state.FirstRecordOfStep)
        {
            return;
        }

        double seconds = atTestSeconds is { } end && end >= state.StepStartSeconds ? end - state.StepStartSeconds : state.StepSeconds;
        StepTimes.Add(new StepTime(state.StepCount, StepId, state.StepStartSeconds, seconds, state.FirstRecordOfStep, state.LastRecord));
    }

    public void Take(in CcsRecord record)
    {
        state.LastRecord++;
        state.StepSeconds += record.Seconds;
        state.StepAmpereHours += Magnitude(record.AmpereHours);
        state.StepWattHours += Magnitude(record.WattHours);
        if (!record.IsFinite)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"Record {state.LastRecord} of the data file is not a number and is left out."));
            return;
        }

        (state.Volts, state.Amperes) = (record.Volts, record.Amperes);
        double testSeconds = state.StepStartSeconds + state.StepSeconds;
        Records.Add(new InstrumentRecord(
            state.LastRecord, Math.Max(1, state.StepCount), StepId, KindOf(state.Mode, record.Amperes), state.StepSeconds, testSeconds, Provisional: false,
            new DateTimeOffset(state.StartTicks!.Value, TimeSpan.Zero) + TimeSpan.FromSeconds(testSeconds), receivedAtUtc,
            record.Volts, record.Amperes, state.StepAmpereHours, state.StepWattHours, (int)state.Cycle + 1));
    }

    private int StepId => (int)Math.Min(int.MaxValue, state.Step) - firstStepNumber + 1;

    private static double Magnitude(float value) => float.IsFinite(value) ? Math.Abs(value) : 0;

    private static StepKind KindOf(uint mode, float amperes) => mode switch
    {
        CcsControl.Rest => StepKind.Rest,
        CcsControl.ConstantVoltage => StepKind.ConstantVoltage,
        _ when amperes > 0 => StepKind.ConstantCurrentCharge,
        _ when amperes < 0 => StepKind.ConstantCurrentDischarge,
        _ => StepKind.Unknown,
    };
}
