using System.Text.Json;

namespace CellLab.Benchmarks.Pipeline;

/// <summary>How long rows were on their way from the last byte of the instrument's reply (their own <c>t_received_utc</c>; at speed 1 lab time is
/// UTC) to this subscriber.</summary>
internal sealed class LatencyListener(TimeProvider wall)
{
    private readonly Lock _lock = new();
    private readonly List<double> _milliseconds = [];
    private long _rows;
    private bool _measuring;

    public long Rows
    {
        get
        {
            lock (_lock)
            {
                return _rows;
            }
        }
    }

    public void Begin()
    {
        lock (_lock)
        {
            _measuring = true;
        }
    }

    public void Take(JsonElement message)
    {
        double now = (wall.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
        lock (_lock)
        {
            if (!_measuring)
            {
                return;
            }

            foreach (JsonElement run in message.GetProperty("runs").EnumerateArray())
            {
                foreach (JsonElement received in run.GetProperty("t_received_utc").EnumerateArray())
                {
                    _rows++;
                    _milliseconds.Add((now - received.GetDouble()) * 1e3);
                }
            }
        }
    }

    public double[] SortedMilliseconds()
    {
        lock (_lock)
        {
            return [.. _milliseconds.Order()];
        }
    }
}
