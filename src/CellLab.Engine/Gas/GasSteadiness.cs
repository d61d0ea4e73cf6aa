using CellLab.Core.Devices;

namespace CellLab.Engine.Gas;

/// <summary>Whether the background has come to rest: over the last window of lab time, for every mass, the mean of the second half differs from that of the
/// first half by less than a share of it, or by less than three standard errors of that difference.</summary>
internal sealed class GasSteadiness
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private const double Share = 0.02;
    private const int FewestInHalf = 5;

    private readonly Lock _lock = new();
    private readonly Queue<IonReading> _readings = new();
    private DateTimeOffset? _began;

    public void Add(IEnumerable<IonReading> readings)
    {
        lock (_lock)
        {
            foreach (IonReading reading in readings)
            {
                _began ??= reading.TakenAtUtc;
                _readings.Enqueue(reading);
                while (_readings.Peek().TakenAtUtc < reading.TakenAtUtc - Window)
                {
                    _readings.Dequeue();
                }
            }
        }
    }

    /// <summary>Null when it is steady; else what keeps it from counting as that.</summary>
    public string? Unrest(DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_began is not { } began || now - began < Window)
            {
                return $"less than {Window.TotalMinutes:F0} min measured yet";
            }

            DateTimeOffset middle = now - (Window / 2);
            double[] drifting = [.. _readings.GroupBy(reading => reading.MassToCharge).Where(mass => !IsSteady(mass, middle)).Select(mass => mass.Key).Order()];
            return drifting.Length == 0 ? null : $"m/z {string.Join(", ", drifting)} still drifting";
        }
    }

    private static bool IsSteady(IEnumerable<IonReading> readings, DateTimeOffset middle)
    {
        double[] first = [.. readings.Where(reading => reading.TakenAtUtc < middle).Select(reading => reading.IonCurrentAmperes)];
        double[] second = [.. readings.Where(reading => reading.TakenAtUtc >= middle).Select(reading => reading.IonCurrentAmperes)];
        if (first.Length < FewestInHalf || second.Length < FewestInHalf)
        {
            return false;
        }

        double difference = Math.Abs(second.Average() - first.Average());
        double error = Math.Sqrt((Variance(first) / first.Length) + (Variance(second) / second.Length));
        return difference < Share * Math.Abs(first.Average()) || difference < 3 * error;
    }

    private static double Variance(double[] values)
    {
        double mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
    }
}
