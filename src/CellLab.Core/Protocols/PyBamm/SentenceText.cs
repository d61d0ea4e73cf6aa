using System.Globalization;
using CellLab.Core.Units;

namespace CellLab.Core.Protocols.PyBamm;

/// <summary>Steps as PyBaMM sentences.</summary>
internal static class SentenceText
{
    private const double Minute = 60;
    private const double Hour = 3600;

    public static bool CanSay(ProtocolStep step) =>
        step is OpenCircuitStep or ConstantCurrentStep { CurrentAmperes: not null } or ConstantCurrentStep { RateC: not null } or LoopBack or TagMark
        || step is ConstantVoltageStep { UntilCapacity: null } or ConstantVoltageStep { UntilSeconds: not null } or ConstantVoltageStep { Charges: not null }
        || step is ConstantPowerStep or ConstantResistanceStep;

    public static string Of(ProtocolStep step) => Instruction(step) + Period(step.PeriodSeconds);

    private static string Instruction(ProtocolStep step) => step switch
    {
        OpenCircuitStep rest => $"Rest for {Decimal(rest.DurationSeconds)} seconds",
        ConstantCurrentStep current =>
            $"{(current.Charges ? "Charge" : "Discharge")} at {Current(current.RateC, current.CurrentAmperes)}{Ends(current.UntilSeconds, Volts(current.UntilVolts))}",
        ConstantPowerStep power =>
            $"{(power.Watts > 0 ? "Charge" : "Discharge")} at {Plain(Math.Abs(power.Watts) * 1e3)} mW{Ends(power.UntilSeconds, Volts(power.UntilVolts))}",
        ConstantResistanceStep load => $"Discharge at {Plain(load.Ohms)} Ohm{Ends(load.UntilSeconds, Volts(load.UntilVolts))}",
        ConstantVoltageStep hold => $"Hold at {Volts(hold.Volts)}{Ends(hold.UntilSeconds, Current(hold.UntilRateC, hold.UntilAmperes))}",
        _ => throw new ArgumentException($"{step.Label} is no sentence", nameof(step)),
    };

    /// <summary><c> (5 minute period)</c>: the unit has no plural here.</summary>
    private static string Period(double? seconds) => seconds is { } period ? $" ({Duration(period).TrimEnd('s')} period)" : "";

    private static string Ends(double? seconds, string? until) => (seconds, until) switch
    {
        ({ } time, null) => $" for {Duration(time)}",
        ({ } time, _) => $" for {Duration(time)} or until {until}",
        _ => $" until {until}",
    };

    private static string? Current(double? rateC, double? amperes) =>
        rateC is { } rate ? $"{Plain(Math.Abs(rate))}C" : amperes is { } current ? $"{Plain(Math.Abs(current) * 1e3)} mA" : null;

    private static string? Volts(double? volts) => volts is { } value ? $"{Plain(value)} V" : null;

    private static string Duration(double seconds) => seconds switch
    {
        _ when seconds % Hour == 0 => Counted(seconds / Hour, "hour"),
        _ when seconds % Minute == 0 => Counted(seconds / Minute, "minute"),
        _ => Counted(seconds, "second"),
    };

    private static string Counted(double number, string unit) => $"{Plain(number)} {unit}{(number == 1 ? "" : "s")}";

    /// <summary>Whole numbers with one decimal, as the original writes rests.</summary>
    private static string Decimal(double value) => value == Math.Floor(value) && Math.Abs(value) < 1e15 ? value.ToString("0.0", CultureInfo.InvariantCulture) : Plain(value);

    /// <summary>Twelve digits, with an exponent where plain digits would lose some.</summary>
    private static string Plain(double value) => QuantityText.Clean(value).ToString("R", CultureInfo.InvariantCulture);
}
