namespace CellLab.Core.Samples;

/// <summary>What the cell under test sits in.</summary>
public static class Holders
{
    public const string Coin = "coin";

    /// <summary>A pouch or another cell that is larger than electrode discs.</summary>
    public const string Pouch = "pouch";

    public static IReadOnlyList<string> All { get; } = [Coin, "dems-flow", "xrd-window", Pouch];
}
