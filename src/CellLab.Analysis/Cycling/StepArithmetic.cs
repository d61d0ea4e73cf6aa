using System.Globalization;
using CellLab.Core.Cycles;
using CellLab.Core.Records;

namespace CellLab.Analysis.Cycling;

/// <summary>How the records of one executed step add up (data formats, section 7): trapezoids between records, nothing between steps,
/// the device's counters first, the integral as their check.</summary>
internal static class StepArithmetic
{
    private const double SecondsPerHour = 3600;
    private const double AllowedDifference = 0.01;

    /// <param name="before">The last record before this step, where there is one.</param>
    public static RunningStep Begin(in CyclingRecord record, RecordMark? before, CyclingSettings settings, ICyclingSink sink)
    {
        var step = new RunningStep
        {
            Segment = record.Segment,
            StepCount = record.StepCount,
            Kind = record.Kind,
            Block = record.Block,
            Pass = record.Pass,
            FirstRecord = record.Sequence,
            InstrumentCycle = record.InstrumentCycle,
            StartSeconds = record.StepTimeSeconds,
            StartUtcSeconds = record.UtcSeconds,
            StartVolts = record.Volts,
        };
        double hours = Math.Max(0, record.StepTimeSeconds) / SecondsPerHour;
        double charge = record.Amperes * hours;
        step.Capacity.Begin(record.StepAmpereHours, charge, DirectionOf(record));
        step.Energy.Begin(record.StepWattHours, charge * record.Volts, DirectionOf(record));
        step.Integrated = step.Integrated.Plus(charge, charge * record.Volts);
        NoteLateStart(step, record, before, settings, sink);

        Remember(step, record);
        return step;
    }

    /// <returns>What moved since the record before.</returns>
    public static MovedCharge Add(RunningStep step, in CyclingRecord record, CyclingSettings settings, ICyclingSink sink)
    {
        TwoWay counted = step.Capacity.Value;
        double integrated = step.Integrated.NetAh, fromVolts = step.LastVolts;
        double seconds = IntervalOf(step, record, sink);
        double hours = seconds / SecondsPerHour;
        double meanAmperes = (record.Amperes + step.LastAmperes) / 2;
        double charge = meanAmperes * hours;
        double energy = ((record.Amperes * record.Volts) + (step.LastAmperes * step.LastVolts)) / 2 * hours;
        bool gap = FindGap(step, record, seconds, settings, sink);

        if (step.Capacity.Add(record.StepAmpereHours, charge, gap, DirectionOf(record)))
        {
            NoteFall(step, record, sink);
        }

        step.Energy.Add(record.StepWattHours, energy, gap, DirectionOf(record));
        step.Integrated = step.Integrated.Plus(charge, energy);
        AddConstantPart(step, meanAmperes, charge);
        Remember(step, record);
        TwoWay now = step.Capacity.Value;
        return new MovedCharge(fromVolts, record.Volts, now.Charge - counted.Charge, now.Discharge - counted.Discharge, step.Integrated.NetAh - integrated);
    }

    /// <summary>What moved before the first record of a step, at its voltage.</summary>
    public static MovedCharge MovedBefore(RunningStep begun) =>
        new(begun.StartVolts, begun.StartVolts, begun.Capacity.Value.Charge, begun.Capacity.Value.Discharge, begun.Integrated.NetAh);

    /// <summary>Adds the time between the last record and the end that the instrument's step table tells.</summary>
    public static void EndAt(RunningStep step, double stepSeconds)
    {
        double charge = step.LastAmperes * Math.Max(0, stepSeconds - step.LastSeconds) / SecondsPerHour;
        step.Capacity.End(charge);
        step.Energy.End(charge * step.LastVolts);
        step.Integrated = step.Integrated.Plus(charge, charge * step.LastVolts);
    }

    /// <summary>Tells where counter and integral of a finished step differ by more than 1 %.</summary>
    /// <param name="smallestAh">Charges below this are not compared.</param>
    public static void CompareWithIntegral(RunningStep step, double smallestAh, ICyclingSink sink)
    {
        CounterTrack capacity = step.Capacity;
        double difference = Math.Abs(capacity.CheckedIntegral - capacity.CheckedCounter);
        double larger = Math.Max(capacity.CheckedIntegral, capacity.CheckedCounter);
        if (larger >= smallestAh && difference > AllowedDifference * larger)
        {
            sink.Found(Finding.Warning(FindingCodes.CounterDiffers, step.LastRecord, "step_capacity_ah", string.Create(
                CultureInfo.InvariantCulture,
                $"step {step.StepCount}: the counter says {capacity.CheckedCounter:g6} Ah, the integral of the current {capacity.CheckedIntegral:g6} Ah; over 1 % apart: check the unit and the current range")));
        }
    }

    private static double IntervalOf(RunningStep step, in CyclingRecord record, ICyclingSink sink)
    {
        double seconds = record.StepTimeSeconds - step.LastSeconds;
        if (seconds < 0)
        {
            sink.Found(Finding.Warning(FindingCodes.TimeFell, record.Sequence, "step_time_s", string.Create(
                CultureInfo.InvariantCulture,
                $"step {record.StepCount}: step time falls from {step.LastSeconds} to {record.StepTimeSeconds} s; nothing is integrated there")));
        }

        return Math.Max(0, seconds);
    }

    private static bool FindGap(RunningStep step, in CyclingRecord record, double seconds, CyclingSettings settings, ICyclingSink sink)
    {
        bool missing = record.RecordNumber is { } number && step.LastRecordNumber is { } last && number > last + 1;
        bool gap = missing || seconds > settings.GapSeconds;
        if (gap)
        {
            NoteGap(step, record, missing ? "records are missing before this one" : "no record", seconds, sink);
        }

        return gap;
    }

    private static void NoteLateStart(
        RunningStep step, in CyclingRecord record, RecordMark? before, CyclingSettings settings, ICyclingSink sink)
    {
        bool missing = before is { } last && last.Segment == record.Segment && record.RecordNumber > last.Number + 1;
        if (missing || record.StepTimeSeconds > settings.GapSeconds)
        {
            string what = missing ? "records are missing between this step and the one before" : "no record at its start";
            NoteGap(step, record, what, record.StepTimeSeconds, sink);
        }
    }

    private static void NoteGap(RunningStep step, in CyclingRecord record, string what, double seconds, ICyclingSink sink)
    {
        step.Gaps++;
        sink.Found(Finding.Warning(FindingCodes.Gap, record.Sequence, "step_time_s", string.Create(
            CultureInfo.InvariantCulture, $"step {record.StepCount}: {what}, {seconds:0.###} s; what no counter tells there is integrated and counted as estimated")));
    }

    private static void NoteFall(RunningStep step, in CyclingRecord record, ICyclingSink sink)
    {
        step.CounterFalls++;
        sink.Found(Finding.Warning(FindingCodes.CounterFell, record.Sequence, "step_capacity_ah", string.Create(
            CultureInfo.InvariantCulture, $"step {record.StepCount}: the capacity counter falls to {record.StepAmpereHours} Ah; the parts are added")));
    }

    private static void AddConstantPart(RunningStep step, double meanAmperes, double charge)
    {
        step.LargestAmperes = Math.Max(step.LargestAmperes, Math.Abs(meanAmperes));
        if (ConstantCurrentPart.Covers(step.Kind, meanAmperes, step.LargestAmperes))
        {
            step.Constant = step.Constant.Plus(meanAmperes, charge);
        }
    }

    private static int DirectionOf(in CyclingRecord record) => record.Amperes != 0
        ? Math.Sign(record.Amperes)
        : record.Kind == StepKind.ConstantCurrentDischarge ? -1 : 1;

    private static void Remember(RunningStep step, in CyclingRecord record)
    {
        step.InstrumentCycle ??= record.InstrumentCycle;
        step.LastRecord = record.Sequence;
        step.LastRecordNumber = record.RecordNumber;
        step.LastSeconds = record.StepTimeSeconds;
        step.LastUtcSeconds = record.UtcSeconds;
        step.LastVolts = record.Volts;
        step.LastAmperes = record.Amperes;
    }
}
