namespace EcoChemie.Autolab.Sdk;

public static class InstrumentExtensions
{
    public static bool HasFraModule(this Instrument instrument) => Of(instrument).HasFra;

    public static string GetSerialNumber(this Instrument instrument) => Of(instrument).Serial;

    public static void SwitchFraOn(this Instrument instrument) => Of(instrument).Keep(instrument.Link.Set("fra", 1));

    public static void SwitchFraOff(this Instrument instrument) => Of(instrument).Keep(instrument.Link.Set("fra", 0));

    private static Instrument Of(Instrument instrument)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        return instrument;
    }
}
