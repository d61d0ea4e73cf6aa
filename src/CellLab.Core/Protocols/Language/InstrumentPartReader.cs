using CellLab.Core.Documents;
using CellLab.Core.Programs;

namespace CellLab.Core.Protocols.Language;

/// <summary>Reads <c>instrument_part</c>: what an imported step, or the whole test, carries of an instrument's own file. The texts are not looked into.</summary>
internal static class InstrumentPartReader
{
    public const string Member = "instrument_part";

    private const string Deciding = "deciding";
    private const string DecidingText = "deciding_text";
    private const double MostSteps = 1e6;

    /// <returns>Null without the member, or when it is refused.</returns>
    public static InstrumentPart? Read(MemberReader owner, LanguageContext context)
    {
        if (Unicycler.FileHead.Map(owner, Member) is not { } map)
        {
            return null;
        }

        MemberReader members = context.Members(map, Member);
        string? format = members.Required("format") ? members.String("format") : null;
        double? step = members.Number("step", value => value >= 0 && value <= MostSteps && value == Math.Floor(value), "the number of the step in the file that it came from");
        var part = new InstrumentPart(format ?? "", (int)(step ?? 0))
        {
            Deciding = members.String(Deciding),
            DecidingText = members.String(DecidingText),
            Settings = members.String("settings"),
            SettingsText = members.String("settings_text"),
            Absent = members.String("absent"),
        };
        members.RefuseUnknown();
        if (part.Deciding is null != part.DecidingText is null)
        {
            members.Refuse(part.Deciding is null ? DecidingText : Deciding, $"{Deciding} and {DecidingText} belong together: the second says in words what the first does");
        }

        return members.Clean ? part : null;
    }
}
