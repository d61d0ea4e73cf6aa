namespace CellLab.Core.Protocols.Language;

/// <summary>Names of CellLab's protocol file.</summary>
internal static class LanguageWords
{
    public const string Version = "celllab_protocol";
    public const string Parameters = "parameters";

    /// <summary>Block of steps outside every repeat.</summary>
    public const string MainBlock = "main";

    /// <summary>A method that unfolds to more entries is a mistake, and no tester takes it.</summary>
    public const int MaxEntries = 2000;
    public const int MaxRepeat = 1_000_000;
}
