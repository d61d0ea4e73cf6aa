using CellLab.HardwareSim.Gas;

namespace CellLab.HardwareSim.PrismaPro;

/// <summary>Scan set-up, scan clock in lab time, and the last 100 scans. Its owner's lock covers it.</summary>
internal sealed class PrismaScanner(IonSource ions)
{
    private const int Kept = 100;
    private const int Channels = 128;
    private const double EmissionMilliamperes = 1;
    private const double MultiplierGain = 1000;
    private const double AmplifierAmperes = 5e-14;

    private readonly PrismaChannel[] _channels = [.. Enumerable.Range(0, Channels).Select(_ => new PrismaChannel())];
    private readonly Queue<PrismaScanRecord> _scans = new();
    private List<PrismaPoint> _points = [];
    private double _startedAt;
    private long _count = -1;

    public int StartChannel { get; set; } = 1;

    public int StopChannel { get; set; } = 1;

    /// <summary>Minus one is without end.</summary>
    public long ScanCount { get; set; } = -1;

    public double IntervalSeconds { get; set; }

    public bool Scanning { get; private set; }

    /// <summary>Number of the scan that runs, from 1; after the end the one after the last.</summary>
    public long Current { get; private set; }

    public int PointsPerScan => Points().Count;

    public bool Emission { get; set; }

    public bool Multiplier { get; set; }

    public PrismaScanRecord? Last => _scans.LastOrDefault();

    public PrismaChannel? Channel(int number) => number is >= 1 and <= Channels ? _channels[number - 1] : null;

    public PrismaScanRecord? Scan(long number) => _scans.FirstOrDefault(s => s.Number == number);

    public void Start(double seconds)
    {
        _points = Points();
        _startedAt = seconds;
        _count = ScanCount;
        _scans.Clear();
        Current = 1;
        Scanning = _points.Count > 0;
    }

    public void Stop() => Scanning = false;

    /// <summary>Finishes every scan whose end lies before this lab second; of a long backlog only what is kept.</summary>
    public void AdvanceTo(double seconds)
    {
        if (!Scanning)
        {
            return;
        }

        double period = Math.Max(IntervalSeconds, _points.Sum(p => p.DwellSeconds));
        long finished = (long)Math.Floor((seconds - _startedAt) / period);
        finished = _count > 0 ? Math.Min(finished, _count) : finished;
        for (Current = Math.Max(Current, finished - Kept + 1); Current <= finished; Current++)
        {
            Measure(_startedAt + ((Current - 1) * period));
        }

        Scanning = _count <= 0 || Current <= _count;
    }

    private void Measure(double begins)
    {
        double at = begins;
        var values = new double[_points.Count];
        for (int i = 0; i < values.Length; i++)
        {
            PrismaPoint point = _points[i];
            at += point.DwellSeconds;
            values[i] = point.Mass is { } mass
                ? ions.Read(
                    at - (point.DwellSeconds / 2), mass, Emission ? EmissionMilliamperes : 0, Multiplier ? MultiplierGain : 1, point.DwellSeconds,
                    AmplifierAmperes * Math.Sqrt(0.163 / point.DwellSeconds))
                : 0;
        }

        _scans.Enqueue(new PrismaScanRecord(Current, values));
        if (_scans.Count > Kept)
        {
            _scans.Dequeue();
        }
    }

    private List<PrismaPoint> Points() =>
    [
        .. from number in Enumerable.Range(StartChannel, Math.Max(0, StopChannel - StartChannel + 1))
           let channel = Channel(number)
           where channel is { Enabled: true }
           from mass in channel.Points
           select new PrismaPoint(mass, channel.DwellMilliseconds * 1e-3),
    ];

    private readonly record struct PrismaPoint(double? Mass, double DwellSeconds);
}

/// <summary>One finished scan.</summary>
internal sealed record PrismaScanRecord(long Number, IReadOnlyList<double> Values);
