namespace CellLab.Core.Series;

/// <summary>What a run of consecutive records of one stream looks like from afar; a single record is a run of one.</summary>
/// <param name="StartSeconds">Test time of the first record, <paramref name="EndSeconds"/> of the last.</param>
/// <param name="SilenceSeconds">Longest time without a record that ends within the run, counted from the record before.</param>
public readonly record struct RecordRun(
    long FirstSequence, long LastSequence, double StartSeconds, double EndSeconds, double SilenceSeconds, Extremes Voltage, Extremes Current,
    int FirstCycle, int LastCycle)
{
    public long Count => LastSequence - FirstSequence + 1;

    /// <summary>This run and the one right after it.</summary>
    public RecordRun Then(in RecordRun next) => new(
        FirstSequence, next.LastSequence, StartSeconds, next.EndSeconds, Math.Max(SilenceSeconds, next.SilenceSeconds), Voltage.Then(next.Voltage),
        Current.Then(next.Current), FirstCycle, next.LastCycle);
}
