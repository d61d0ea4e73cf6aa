using CellLab.Core.Units;

namespace CellLab.Cli.Text;

/// <summary><c>--ranges 0.1mA,1mA</c>: the current ranges of a channel.</summary>
internal static class CurrentRanges
{
    /// <summary>Null when nothing was given.</summary>
    /// <exception cref="CliException">Not currents with their units, or not above 0.</exception>
    public static IReadOnlyList<double>? Read(string? text)
    {
        if (text is null)
        {
            return null;
        }

        try
        {
            double[] ranges = [.. text.Split(',').Select(QuantityParser.Amperes).Order()];
            return ranges[0] > 0 ? ranges : throw CliException.Usage("--ranges: a range must be greater than 0");
        }
        catch (FormatException wrong)
        {
            throw CliException.Usage($"--ranges: {wrong.Message}");
        }
    }
}
