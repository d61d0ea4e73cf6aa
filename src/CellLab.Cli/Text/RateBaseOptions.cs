using CellLab.Core.Units;

namespace CellLab.Cli.Text;

/// <summary>What 1C stands for, from <c>--mass</c> and <c>--capacity</c> as typed. A capacity of the whole cell needs no mass.</summary>
internal sealed record RateBaseOptions(CRateBase? Base, double? CapacityAmpereHours)
{
    public static RateBaseOptions Read(string? mass, string? capacity)
    {
        double? milligrams = Parse("--mass", mass, QuantityParser.Milligrams);
        CapacityQuantity? quantity = Parse("--capacity", capacity, QuantityParser.Capacity);
        return (quantity, milligrams) switch
        {
            (null, null) => new RateBaseOptions(null, null),
            (null, _) => throw CliException.Usage("--mass alone says nothing about rates; give --capacity too, for example --capacity 250mAh/g"),
            ({ MilliampereHours: { } whole }, null) => new RateBaseOptions(null, whole * 1e-3),
            (_, null) => throw CliException.Usage("--capacity per gram needs the active mass; give --mass too, for example --mass 2.00mg"),
            ({ } both, { } active) => new RateBaseOptions(new CRateBase(both.PerGram(active), active), null),
        };
    }

    private static T? Parse<T>(string option, string? text, Func<string, T> parse)
        where T : struct
    {
        try
        {
            return text is null ? null : parse(text);
        }
        catch (FormatException wrong)
        {
            throw CliException.Usage($"{option}: {wrong.Message}");
        }
    }
}
