using System.Numerics;

namespace EcoChemie.Autolab.Sdk.Links;

/// <summary>A source with a resistor in series and a resistor parallel to a capacitor, as in the dummy cell that comes with such instruments.</summary>
internal sealed record DummyCell(double RestVolts, double SeriesOhms, double ParallelOhms, double Farads)
{
    /// <summary>Over the capacitor.</summary>
    public double Charge { get; private set; }

    public double VoltsAt(double amperes) => RestVolts + Charge + (amperes * SeriesOhms);

    public double AmperesAt(double volts) => (volts - RestVolts - Charge) / SeriesOhms;

    public Complex At(double hertz) =>
        SeriesOhms + (ParallelOhms / (Complex.One + (Complex.ImaginaryOne * 2 * Math.PI * hertz * ParallelOhms * Farads)));

    /// <summary>Exact for a current that stays the same.</summary>
    public void Advance(double amperes, double seconds)
    {
        double end = amperes * ParallelOhms;
        double tau = ParallelOhms * Farads;
        Charge = tau > 0 ? end + ((Charge - end) * Math.Exp(-seconds / tau)) : end;
    }
}
