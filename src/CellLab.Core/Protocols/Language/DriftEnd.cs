using System.Text.RegularExpressions;

namespace CellLab.Core.Protocols.Language;

/// <summary>The end of a rest at a slow enough voltage: <c>dE/dt &lt; 1 mV/h</c> (also <c>dV/dt</c>).</summary>
internal static partial class DriftEnd
{
    private const string Expected = "how slowly the voltage may move, for example dE/dt < 1 mV/h";

    /// <summary>V/s.</summary>
    public static double Read(SentenceClause clause)
    {
        Match match = Drift().Match(clause.Value);
        if (!match.Success)
        {
            throw new SentenceException($"found '{clause.Value}', expected {Expected}", "a rest ends after a time, or when its voltage hardly moves", clause.Offset);
        }

        Group limit = match.Groups[1];
        return new SentenceClause(clause.Word, limit.Value, clause.Offset + limit.Index, clause.WordOffset).Positive("limit", null, Expected, QuantityKind.ScanRate).Value;
    }

    [GeneratedRegex(@"^\|?d[EV]/dt\|?\s*<\s*(\S.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Drift();
}
