using CellLab.Core.Documents;
using CellLab.Core.Units;

namespace CellLab.Service.Offline;

/// <summary>What to convert. <paramref name="Base"/> or <paramref name="CapacityAmpereHours"/> win over the file's own capacity;
/// <paramref name="Sample"/> replaces the file's name.</summary>
public sealed record ConversionRequest(
    string FileName, string Text, string Target, string? Sample, CRateBase? Base, double? CapacityAmpereHours)
{
    /// <summary>Values for the protocol's parameters.</summary>
    public IReadOnlyDictionary<string, string>? Settings { get; init; }

    /// <summary>Parts of the test that the target cannot say are left out and told instead of refused.</summary>
    public bool AcceptLosses { get; init; }

    /// <summary>What 1C draws in an hour, Ah; null when nothing was given.</summary>
    internal double? OneCAmpereHours => Base?.OneCAmperes ?? CapacityAmpereHours;
}

/// <summary>The text, or null and every reason why there is none. With a text the findings are what was doubtful or lost.</summary>
public sealed record ConvertedProtocol(string? Text, IReadOnlyList<Finding> Findings);
