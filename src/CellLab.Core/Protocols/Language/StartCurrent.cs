using CellLab.Core.Documents;

namespace CellLab.Core.Protocols.Language;

/// <summary>Members of <c>constant_voltage</c> that make it CCCV in one step: <c>start_rate_C</c> or <c>start_current_mA</c>, with the sign of the direction;
/// and <c>direction</c> for a hold that no sign tells it.</summary>
internal sealed record StartCurrent(double? RateC, double? Amperes, bool? Charging)
{
    private const string Rate = "start_rate_C";
    private const string Current = "start_current_mA";
    private const string Direction = "direction";
    private const double Milli = 1e-3;

    public static IReadOnlyList<string> Members { get; } = [Rate, Current, Direction];

    public static StartCurrent Read(MemberReader members)
    {
        double? rate = ReadRate(members);
        double? amperes = members.Number(Current, value => value != 0, "a current other than 0, negative discharges") * Milli;
        string? direction = members.String(Direction);
        if (rate is not null && amperes is not null)
        {
            members.Refuse(Current, $"both {Rate} and {Current} are given", "keep one of them");
        }

        if (direction is not (null or "charge" or "discharge"))
        {
            members.Refuse(Direction, $"{Direction} is '{direction}', expected charge or discharge");
        }

        return new StartCurrent(rate, amperes, direction is null ? null : direction == "charge");
    }

    public ConstantVoltageStep AddTo(ConstantVoltageStep hold, LanguageContext context)
    {
        ConstantVoltageStep full = hold with { StartRateC = RateC, StartAmperes = Amperes, StatedCharging = Charging };
        double?[] signs = [hold.UntilRateC ?? hold.UntilAmperes, RateC ?? Amperes, Charging is { } charging ? (charging ? 1 : -1) : null];
        if (signs.OfType<double>().Select(Math.Sign).Distinct().Count() > 1)
        {
            context.Error(hold.At, $"{hold.Kind}: the signs of its currents and its direction contradict each other", "positive charges, negative discharges, in every member");
        }

        return full;
    }

    private static double? ReadRate(MemberReader members)
    {
        if (members.Node(Rate) is not { } node)
        {
            return null;
        }

        if (node is ScalarNode { Kind: ScalarKind.Number or ScalarKind.Text } scalar && RateText.TryParse(scalar.Text, out double rate) && rate != 0)
        {
            return rate;
        }

        members.Refuse(Rate, $"{Rate} is no rate other than 0, expected {RateText.Expected}");
        return null;
    }
}
