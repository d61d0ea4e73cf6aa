using System.Globalization;
using System.Text.RegularExpressions;
using CellLab.Core.Documents;

namespace CellLab.Core.Protocols.Language;

/// <summary><c>Harvest at 4.6 V on charge [at 0.1C]</c>: current of that direction to the voltage, then the cell is taken out at open circuit. Without a current
/// it is that of the last sentence above that charges or discharges. <c>Harvest</c> alone takes the cell out as it stands.</summary>
internal static partial class HarvestSentence
{
    private const string Example = "write 'Harvest at 4.6 V on charge at 0.1C'";

    public static bool Is(string text) => text.Equals("Harvest", StringComparison.OrdinalIgnoreCase) || text.StartsWith("Harvest ", StringComparison.OrdinalIgnoreCase);

    /// <param name="before">The last step of constant current above, by direction (true charges).</param>
    /// <exception cref="SentenceException">The sentence cannot be read.</exception>
    public static IReadOnlyList<ProtocolStep> Read(string text, SourcePosition at, IReadOnlyDictionary<bool, ConstantCurrentStep> before)
    {
        Match match = Whole().Match(text);
        if (!match.Success)
        {
            throw new SentenceException("Harvest names a voltage and the way to it", $"{Example}, or 'Harvest' alone for the cell as it stands");
        }

        HostedKind kind = HostedKinds.Of("harvest");
        if (!match.Groups["volts"].Success)
        {
            return [new HostedStep(0, at, null, kind.Name, kind.Need, new Dictionary<string, string>()) { Sentence = text }];
        }

        double volts = SentenceQuantity.Parse(match.Groups["volts"].Value, "a voltage, for example 4.6 V", QuantityKind.Potential).Value;
        bool charges = match.Groups["way"].Value.Equals("charge", StringComparison.OrdinalIgnoreCase);
        var members = new Dictionary<string, string> { ["voltage_V"] = volts.ToString(CultureInfo.InvariantCulture) };
        return
        [
            Current(match, at, charges, before) with { Sentence = text, UntilVolts = volts, UntilSeconds = null, UntilCapacity = null },
            new HostedStep(0, at, null, kind.Name, kind.Need, members) { Sentence = text },
        ];
    }

    private static ConstantCurrentStep Current(Match match, SourcePosition at, bool charges, IReadOnlyDictionary<bool, ConstantCurrentStep> before)
    {
        if (match.Groups["current"].Success)
        {
            string verb = charges ? "Charge" : "Discharge";
            return (ConstantCurrentStep)SentenceReader.Read($"{verb} at {match.Groups["current"].Value} until {match.Groups["volts"].Value}", at, []);
        }

        return before.GetValueOrDefault(charges) is { } last
            ? last with { At = at, Id = null, InstrumentPart = null }
            : throw new SentenceException($"no step above {(charges ? "charges" : "discharges")} with a constant current that could be taken", Example);
    }

    [GeneratedRegex("^Harvest(?: at (?<volts>[-+0-9.]+ ?m?V) on (?<way>charge|discharge)(?: at (?<current>.+))?)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Whole();
}
