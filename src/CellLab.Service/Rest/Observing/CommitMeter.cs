namespace CellLab.Service.Rest.Observing;

/// <summary>How long durable writes take, as a histogram of fixed limits.</summary>
internal sealed class CommitMeter
{
    public const string Name = "celllab_commit_seconds";
    public const string Help = "Wait for a durable commit, wall time.";

    private readonly long[] counts = new long[LimitsSeconds.Count + 1];
    private readonly Lock gate = new();
    private double sumSeconds;
    private long failures;

    /// <summary>Told of every one, in s.</summary>
    public event Action<double>? Taken;

    /// <summary>Upper limits in s; the last class, beyond them, is open.</summary>
    public static IReadOnlyList<double> LimitsSeconds { get; } = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5];

    public void Took(TimeSpan duration)
    {
        double seconds = duration.TotalSeconds;
        int index = 0;
        while (index < LimitsSeconds.Count && seconds > LimitsSeconds[index])
        {
            index++;
        }

        lock (gate)
        {
            counts[index]++;
            sumSeconds += seconds;
        }

        Taken?.Invoke(seconds);
    }

    public void Failed() => Interlocked.Increment(ref failures);

    public (IReadOnlyList<long> Counts, double SumSeconds, long Failures) Read()
    {
        lock (gate)
        {
            return ([.. counts], sumSeconds, Interlocked.Read(ref failures));
        }
    }
}
