namespace EcoChemie.Autolab.Sdk;

public enum FraWaveType { Sine, FiveSines, FifteenSines }

/// <summary>The frequency response analyser.</summary>
public sealed class Fra
{
    private readonly Instrument _instrument;

    internal Fra(Instrument instrument) => _instrument = instrument;

    public double Frequency { get; set; } = 1000;

    public double Amplitude { get; set; }

    public FraWaveType WaveType { get; set; }

    public double MinimumIntegrationCycles { get; set; } = 1;

    public double MinimumIntegrationTime { get; set; } = 0.125;

    public IReadOnlyList<double> Real { get; private set; } = [];

    public IReadOnlyList<double> Imaginary { get; private set; } = [];

    public IReadOnlyList<double> Modulus { get; private set; } = [];

    public IReadOnlyList<double> Phase { get; private set; } = [];

    /// <summary>Blocks until the point is measured.</summary>
    public void Start()
    {
        double seconds = Math.Max(MinimumIntegrationCycles / Frequency, MinimumIntegrationTime);
        (double real, double imaginary, Snapshot after) = _instrument.Link.Measure(Frequency, Amplitude, seconds);
        _instrument.Keep(after);
        Real = [real];
        Imaginary = [imaginary];
        Modulus = [Math.Sqrt((real * real) + (imaginary * imaginary))];
        Phase = [Math.Atan2(imaginary, real) * 180 / Math.PI];
    }
}
