namespace CellLab.Core.Devices;

/// <param name="Id">Of the intent, such as <c>R12-0007</c>: letters, digits and '-', at most 64.</param>
/// <param name="Metadata">JSON for instruments that keep it with the pattern; null for none.</param>
public sealed record TriggerRequest(string Id, string? Metadata = null)
{
    private const int LongestId = 64;

    public static bool IsId(string id) => id.Length is > 0 and <= LongestId && id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}

/// <param name="Id">Of the run.</param>
/// <param name="Program">Measuring program on the instrument; null: the one that is set there.</param>
public sealed record TriggerRun(string Id, string? Program = null);

/// <param name="Exposure">What the instrument says that one pattern takes; null when it does not.</param>
public sealed record TriggerArming(TimeSpan? Exposure);
