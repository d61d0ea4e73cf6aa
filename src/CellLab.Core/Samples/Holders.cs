namespace CellLab.Core.Samples;

/// <summary>What the cell under test sits in.</summary>
public static class Holders
{
    public const string Coin = "coin";

    public static IReadOnlyList<string> All { get; } = [Coin, "dems-flow", "xrd-window"];
}
