namespace CellLab.CellModel;

/// <summary>Vigna's SplitMix64 (prng.di.unimi.it/splitmix64.c): one 64-bit word of state, so a stream per channel and quantity costs nothing.</summary>
public struct SplitMix64(ulong seed)
{
    private ulong _state = seed;
    private double _spare;
    private bool _hasSpare;

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>0 &lt;= x &lt; 1.</summary>
    public double NextUniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Standard normal by Box-Muller; the sine part is kept for the next call.</summary>
    public double NextNormal()
    {
        if (_hasSpare)
        {
            _hasSpare = false;
            return _spare;
        }

        double u1 = ((Next() >> 11) + 1) * (1.0 / (1UL << 53));
        double u2 = (Next() >> 11) * (1.0 / (1UL << 53));
        double radius = Math.Sqrt(-2 * Math.Log(u1));
        (double sine, double cosine) = Math.SinCos(2 * Math.PI * u2);
        _spare = radius * sine;
        _hasSpare = true;
        return radius * cosine;
    }
}
