using CellLab.Core.Devices;
using CellLab.Engine.Gas;

namespace CellLab.Tests.Engine.Stages;

public sealed class GasSteadinessTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    [Fact]
    public void It_needs_a_whole_window_before_it_says_anything() => Assert.Equal("less than 10 min measured yet", After(9, _ => 1e-12).Unrest(Start.AddMinutes(9)));

    [Fact]
    public void A_level_background_is_steady_whatever_its_noise() =>
        Assert.Null(After(20, i => 1e-12 * (1 + (0.3 * Math.Sin(i * 2.399)))).Unrest(Start.AddMinutes(20)));

    [Fact]
    public void A_falling_background_is_not_and_its_mass_is_named() =>
        Assert.Equal("m/z 32 still drifting", After(20, i => 1e-12 * Math.Exp(-i / 60.0)).Unrest(Start.AddMinutes(20)));

    [Fact]
    public void A_spectrometer_that_has_fallen_silent_is_not_steady() => Assert.NotNull(After(20, _ => 1e-12).Unrest(Start.AddMinutes(28)));

    /// <summary>A reading of m/z 32 every 20 s.</summary>
    private static GasSteadiness After(int minutes, Func<int, double> amperes)
    {
        var steadiness = new GasSteadiness();
        for (int i = 0; i <= minutes * 3; i++)
        {
            steadiness.Add([new IonReading(32, amperes(i), Start.AddSeconds(20 * i))]);
        }

        return steadiness;
    }
}
