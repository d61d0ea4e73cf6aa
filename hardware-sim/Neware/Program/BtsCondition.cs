using System.Globalization;
using System.Xml.Linq;

namespace CellLab.HardwareSim.Neware.Program;

internal enum BtsQuantity { Voltage = 1, Current = 2, Time = 3 }

/// <summary>A jump condition of a step (<c>Limit/Other/CndN</c>): voltage in V, current in mA as a magnitude, time of the step in s. Codes as in step files.</summary>
internal sealed record BtsCondition(BtsQuantity Quantity, int Comparison, double Value, int Jump)
{
    public const int Next = 65526;
    public const int Stop = 65533;
    public const int Protect = 65534;
    public const int Finish = 65535;

    private const int Above = 3;
    private const int AtOrAbove = 4;
    private const int Below = 5;
    private const int AtOrBelow = 6;

    /// <exception cref="BtsProgramException">This tester has no such condition.</exception>
    public static IReadOnlyList<BtsCondition> Read(XElement? other, int step) =>
        [.. (other?.Elements() ?? []).Where(e => e.Name.LocalName.StartsWith("Cnd", StringComparison.Ordinal)).Select(e => One(e, step))];

    public bool IsMet(double volts, double milliamperes, double seconds)
    {
        double value = Quantity switch { BtsQuantity.Voltage => volts, BtsQuantity.Current => Math.Abs(milliamperes), _ => seconds };
        return Comparison switch { Above => value > Value, AtOrAbove => value >= Value - 1e-9, Below => value < Value, _ => value <= Value + 1e-9 };
    }

    private static BtsCondition One(XElement e, int step)
    {
        int type = e.Whole("type");
        int comparison = e.Whole("CmpType");
        if (!Enum.IsDefined((BtsQuantity)type) || comparison is < Above or > AtOrBelow)
        {
            throw new BtsProgramException($"step {step}: {e.Name} has type {type} and CmpType {comparison}, which this tester does not run");
        }

        double scale = (BtsQuantity)type switch { BtsQuantity.Voltage => 1e-4, BtsQuantity.Current => 1, _ => 1e-3 };
        return double.TryParse((string?)e.Attribute("Value"), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? new BtsCondition((BtsQuantity)type, comparison, value * scale, e.Whole("Jump_Line"))
            : throw new BtsProgramException($"step {step}: {e.Name} has no Value");
    }
}
