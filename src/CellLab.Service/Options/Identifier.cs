namespace CellLab.Service.Options;

/// <summary>The rule for names that stand in topics, file names and addresses.</summary>
internal static class Identifier
{
    private const int LongestLength = 40;

    public const string Rule = "Use lower-case letters, digits and '-', at most 40, starting with a letter or digit";

    public static bool IsValid(string text) =>
        text.Length is > 0 and <= LongestLength && text[0] != '-' && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>Reads a required identifier of a section.</summary>
    public static string Read(ConfigurationSection section, string member) => Check(section, member, section.Text(member));

    public static string Check(ConfigurationSection section, string member, string text) =>
        IsValid(text) ? text : throw section.Wrong(member, $"'{text}' is not a valid name", Rule);
}
