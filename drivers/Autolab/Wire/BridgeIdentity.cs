namespace CellLab.Drivers.Autolab.Wire;

/// <summary>The answer to <c>hello</c>.</summary>
/// <param name="Missing">What the installed SDK lacks; nothing can be started then.</param>
/// <param name="Simulated">It drives a stand-in.</param>
internal sealed record BridgeIdentity(int Protocol, bool Accepted, string? Bridge, string? Sdk, IReadOnlyList<string> Missing, bool Simulated)
{
    public static BridgeIdentity Of(AnswerLine answer)
    {
        var members = new BridgeMembers(answer.Body);
        return new BridgeIdentity(
            members.Whole("protocol"), members.Flag("accepted"), members.OptionalText("bridge"), members.OptionalText("sdkVersion"), members.Texts("missing"),
            members.Flag("simulated"));
    }
}

/// <summary>The answer to <c>connect</c>.</summary>
internal sealed record InstrumentAnswer(string Serial, bool HasAnalyser, bool CellIsOn)
{
    public static InstrumentAnswer Of(AnswerLine answer)
    {
        var members = new BridgeMembers(answer.Body);
        return new InstrumentAnswer(members.Text("serial"), members.Flag("hasFra"), members.Flag("cell"));
    }
}

/// <summary>The answer to <c>status</c>. Values are null where there is no instrument; current in the instrument's sign.</summary>
/// <param name="ClockUtc">Of the bridge's PC; null from a bridge that does not tell it.</param>
internal sealed record StatusAnswer(bool Connected, string? Run, bool? CellIsOn, double? Volts, double? Amperes, string? Range, DateTimeOffset? ClockUtc)
{
    public static StatusAnswer Of(AnswerLine answer)
    {
        var members = new BridgeMembers(answer.Body);
        return new StatusAnswer(
            members.Flag("connected"), members.OptionalText("run"), members.Has("cell") ? members.Flag("cell") : null, members.OptionalNumber("e_V"),
            members.OptionalNumber("i_A"), members.OptionalText("range"), members.OptionalUtc("clock_utc"));
    }
}
