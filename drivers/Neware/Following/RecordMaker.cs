using System.Globalization;
using CellLab.Core.Records;
using CellLab.Drivers.Neware.Messages;

namespace CellLab.Drivers.Neware.Following;

/// <summary>Places stored records in the test: which executed step they belong to, and when they were taken. Test time is the sum of the steps
/// before plus the record's own step time; the PC's whole-second clock only anchors it and shows pauses.</summary>
internal sealed class RecordMaker(PcClock clock)
{
    /// <summary>Whole-second stamps of a steady test stay within 1 s of the step times; more is a pause or a changed clock.</summary>
    private static readonly TimeSpan s_steady = TimeSpan.FromSeconds(2);

    public InstrumentRecord Make(FollowState state, in StoredRecord record, DateTimeOffset receivedAtUtc, List<string> notes)
    {
        if (state.StartByPcUtc is null)
        {
            Begin(state, record, receivedAtUtc);
        }
        else if (IsNewStep(state, record))
        {
            Enter(state, record, NextStepStart(state, record));
        }

        double testSeconds = state.StepStartSeconds + record.StepSeconds;
        Anchor(state, record, testSeconds, notes);
        state.LastRecord = record.Number;
        state.LastStepSeconds = record.StepSeconds;
        state.PausedSinceLastRecord = false;
        return new InstrumentRecord(
            record.Number,
            state.StepCount,
            record.StepId,
            record.Kind,
            record.StepSeconds,
            testSeconds,
            state.Provisional,
            TakenAt(state, testSeconds),
            receivedAtUtc,
            record.VoltageVolts,
            record.CurrentAmperes,
            record.AmpereHours,
            record.WattHours,
            record.CycleId);
    }

    public static bool IsNewStep(FollowState state, in StoredRecord record) =>
        record.StepId != state.StepId || record.CycleId != state.CycleId || record.StepSeconds < state.LastStepSeconds;

    private void Begin(FollowState state, in StoredRecord record, DateTimeOffset receivedAtUtc)
    {
        state.StartByPcUtc = clock.ToUtc(record.LocalTime, receivedAtUtc) - TimeSpan.FromSeconds(record.StepSeconds);
        Enter(state, record, startSeconds: 0);
        state.Provisional = false; // nothing lies before the first step
    }

    private static void Enter(FollowState state, in StoredRecord record, double startSeconds)
    {
        state.StepCount++;
        state.StepId = record.StepId;
        state.CycleId = record.CycleId;
        state.StepStartSeconds = startSeconds;
        state.Provisional = true;
        state.OpenSteps = [.. state.OpenSteps, new OpenStep(state.StepCount, record.StepId, record.Number)];
    }

    /// <summary>The end of the step before, by its own last record; by the PC's clock when that record cannot have been at the end.</summary>
    private double NextStepStart(FollowState state, in StoredRecord record)
    {
        double byRecords = state.StepStartSeconds + state.LastStepSeconds;
        DateTimeOffset expected = state.StartByPcUtc!.Value + TimeSpan.FromSeconds(byRecords + record.StepSeconds);
        double late = (clock.ToUtc(record.LocalTime, expected) - expected).TotalSeconds;
        return late > s_steady.TotalSeconds && !state.PausedSinceLastRecord ? byRecords + late : byRecords;
    }

    private void Anchor(FollowState state, in StoredRecord record, double testSeconds, List<string> notes)
    {
        DateTimeOffset expected = state.StartByPcUtc!.Value + TimeSpan.FromSeconds(testSeconds);
        TimeSpan shift = clock.ToUtc(record.LocalTime, expected) - expected;
        if (shift.Duration() > s_steady)
        {
            state.StartByPcUtc += shift;
            state.Paused = true;
            notes.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"From record {record.Number} on, the instrument's clock and its step times differ by {shift.TotalSeconds:0} s more than before (pause, interruption or changed clock); times are counted anew from there."));
        }
    }

    private static DateTimeOffset TakenAt(FollowState state, double testSeconds) =>
        state.StartByPcUtc!.Value + TimeSpan.FromSeconds(testSeconds - (state.OffsetSeconds ?? 0));
}
