namespace CellLab.Core.Records;

/// <summary>The one table of companion streams: which kind of body the rows of each have.</summary>
public static class CompanionBodies
{
    private static readonly Dictionary<string, Type> Types = new(StringComparer.Ordinal)
    {
        [Records.Streams.MassSpectrometer] = typeof(IonBody),
        [Records.Streams.Impedance] = typeof(ImpedanceBody),
        [Records.Streams.Diffraction] = typeof(PatternBody),
    };

    /// <summary>Names of the companion streams.</summary>
    public static IReadOnlyCollection<string> Streams => Types.Keys;

    public static bool IsCompanion(string stream) => Types.ContainsKey(stream);

    /// <exception cref="ArgumentException">No companion stream has this name.</exception>
    public static Type TypeOf(string stream) => Types.TryGetValue(stream, out Type? type)
        ? type
        : throw new ArgumentException($"'{stream}' is no stream beside the cycler's; there are {string.Join(", ", Types.Keys)}.", nameof(stream));
}
