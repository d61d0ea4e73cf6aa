namespace CellLab.HardwareSim.PrismaPro;

/// <summary>A request below <c>/mmsp/</c>: <c>group/target/get</c>, <c>group/target/set?value</c>, <c>group/get?name&amp;name</c>,
/// <c>group/set?name=value&amp;...</c>, channels as <c>scanSetup/channels/n/...</c> or <c>@channel=n</c>. Names are not case sensitive.</summary>
/// <param name="Pairs">Names, lower case, with their values; null values when asking.</param>
/// <param name="Single">The path names one target: the answer's data is its value alone.</param>
internal sealed record PrismaPath(
    string Origin, string Group, int? Channel, bool IsSet, bool Single, IReadOnlyList<KeyValuePair<string, string?>> Pairs)
{
    private const string Root = "/mmsp/";

    /// <summary>Null when the target is no such path.</summary>
    public static PrismaPath? Parse(string target)
    {
        string[] parts = target.Split('?', 2);
        if (!parts[0].StartsWith(Root, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        List<string> names = [.. parts[0][Root.Length..].ToLowerInvariant().Split('/', StringSplitOptions.RemoveEmptyEntries)];
        if (names.Count < 2 || names[^1] is not ("get" or "set"))
        {
            return null;
        }

        bool isSet = names[^1] == "set";
        string query = parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "";
        int? channel = TakeChannel(names);
        string[] targets = [.. names.Skip(1).SkipLast(1)];
        bool single = targets.Length > 0;
        List<KeyValuePair<string, string?>> pairs = single
            ? [new(string.Join('/', targets), isSet ? query : null)]
            : [.. query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(Pair)];
        if (pairs.FirstOrDefault(p => p.Key == "@channel").Value is string at && int.TryParse(at, out int number))
        {
            channel = number;
            pairs.RemoveAll(p => p.Key == "@channel");
        }

        return new PrismaPath(parts[0], names[0], channel, isSet, single, pairs);
    }

    private static int? TakeChannel(List<string> names)
    {
        if (names.Count >= 4 && names[0] == "scansetup" && names[1] is "channels" or "channel" && int.TryParse(names[2], out int number))
        {
            names.RemoveRange(1, 2);
            return number;
        }

        return null;
    }

    private static KeyValuePair<string, string?> Pair(string text)
    {
        string[] sides = text.Split('=', 2);
        return new(sides[0].ToLowerInvariant(), sides.Length == 2 ? sides[1] : null);
    }
}
