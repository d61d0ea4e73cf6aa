using System.Globalization;
using System.Text.RegularExpressions;
using CellLab.Core.Documents;
using CellLab.Core.Units;

namespace CellLab.Core.Protocols.Language;

/// <summary>What 1C is by the file: at most one of capacity per gram, capacity of the cell, and a cycle in which it is measured.</summary>
internal sealed record RateBase(SourcePosition At, double? MilliampereHoursPerGram, double? AmpereHours, MeasuredIn? Measured)
{
    public void CheckBlock(IEnumerable<string> blocks, LanguageContext context)
    {
        if (Measured is { Block: var name } && !blocks.Contains(name))
        {
            context.Error(At, $"rate_base is measured in '{name}', but there is no block of that name",
                NearMiss.Find(name, blocks) is { } meant ? $"did you mean '{meant}'?" : "define it under blocks");
        }
    }
}

/// <summary>Reads <c>rate_base</c>: <c>250 mAh/g</c>, <c>0.5 mAh</c>, or <c>measured in: formation cycle 1</c> below it.</summary>
internal static partial class RateBaseReader
{
    private const string Expected = "250 mAh/g, 0.5 mAh, or 'measured in: BLOCK cycle N'";

    public static RateBase Read(MemberReader members)
    {
        DocumentNode? node = members.Node("rate_base");
        SourcePosition at = node?.At ?? members.At;
        string? text = node switch
        {
            null => null,
            ScalarNode scalar => scalar.Text,
            MapNode { Members: [{ Name: "measured in" or "measured_in", Value: ScalarNode place }] } => $"measured in {place.Text}",
            _ => "",
        };
        return text is null ? new RateBase(at, null, null, null)
            : Measured().Match(text) is { Success: true } measured ? MeasuredIn(at, measured)
            : Stated(members, at, text);
    }

    public static void CheckOnce(MemberReader members, double? capacity, RateBase rateBase)
    {
        if (capacity is not null && rateBase is not { MilliampereHoursPerGram: null, AmpereHours: null, Measured: null })
        {
            members.Refuse("rate_base", "both sample.capacity_mAh and rate_base say what 1C is", "keep one of them");
        }
    }

    private static RateBase MeasuredIn(SourcePosition at, Match match) => new(
        at, null, null, new MeasuredIn(at, match.Groups[1].Value.Trim(), int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)));

    private static RateBase Stated(MemberReader members, SourcePosition at, string text)
    {
        try
        {
            CapacityQuantity capacity = QuantityParser.Capacity(text);
            if ((capacity.MilliampereHoursPerGram ?? capacity.MilliampereHours) is > 0 and < 1e9)
            {
                return new RateBase(at, capacity.MilliampereHoursPerGram, capacity.MilliampereHours * 1e-3, null);
            }
        }
        catch (FormatException)
        {
            // told below, with the third form
        }

        members.Refuse("rate_base", $"rate_base is '{text}', expected {Expected}");
        return new RateBase(at, null, null, null);
    }

    [GeneratedRegex(@"^measured in:?\s+(.{1,80}?)\s+cycle\s+([1-9][0-9]{0,5})$", RegexOptions.CultureInvariant)]
    private static partial Regex Measured();
}
