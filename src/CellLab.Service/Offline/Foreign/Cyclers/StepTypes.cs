using CellLab.Core.Records;

namespace CellLab.Service.Offline.Foreign.Cyclers;

/// <summary>What instruments call their steps: NEWARE (English, Chinese), LAND, BDF's customary words, letters of older exports.</summary>
internal static class StepTypes
{
    public static StepKind KindOf(string? name)
    {
        if (name is null)
        {
            return StepKind.Unknown;
        }

        string word = Plain(name);
        return word switch
        {
            "r" or "rest" or "ocv" or "ocp" or "pau" or "静置" or "搁置" => StepKind.Rest,
            "pause" => StepKind.Pause,
            "end" => StepKind.End,
            "eis" => StepKind.Impedance,
            _ when word.Contains("rest", StringComparison.Ordinal) => StepKind.Rest,
            _ when word.Contains("cccv", StringComparison.Ordinal) || word.Contains("恒流恒压", StringComparison.Ordinal) => StepKind.ConstantCurrentConstantVoltage,
            _ when word.StartsWith("cv", StringComparison.Ordinal) || word.EndsWith("cv", StringComparison.Ordinal) || word.Contains("恒压", StringComparison.Ordinal) => StepKind.ConstantVoltage,
            _ when word.Contains("cp", StringComparison.Ordinal) || word.Contains("恒功率", StringComparison.Ordinal) => StepKind.ConstantPower,
            _ when word.Contains("pulse", StringComparison.Ordinal) || word.Contains("sim", StringComparison.Ordinal) => StepKind.Pulse,
            _ => Direction(word) switch { > 0 => StepKind.ConstantCurrentCharge, < 0 => StepKind.ConstantCurrentDischarge, _ => StepKind.Unknown },
        };
    }

    /// <summary>+1 charge, -1 discharge, 0 neither or not said.</summary>
    public static int DirectionOf(string? name) => name is null ? 0 : Direction(Plain(name));

    private static string Plain(string name) =>
        string.Concat(name.Where(letter => !char.IsWhiteSpace(letter) && letter is not ('_' or '-' or '.'))).ToLowerInvariant();

    private static int Direction(string word) =>
        word is "d" || word.Contains("dch", StringComparison.Ordinal) || word.Contains("dis", StringComparison.Ordinal) || word.Contains("放电", StringComparison.Ordinal) ? -1
        : word is "c" || word.Contains("ch", StringComparison.Ordinal) || word.Contains("充电", StringComparison.Ordinal) ? 1
        : 0;
}
