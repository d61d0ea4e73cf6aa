using System.Globalization;
using CellLab.Core.Programs;
using CellLab.Core.Protocols;

namespace CellLab.Tests.Service.Offline;

/// <summary>Steps as text to nine digits, for comparisons that unit conversions must not disturb. Blocks, ids and places do not count.</summary>
internal static class StepTexts
{
    /// <summary>Loops say what they go back to; a program has numbers where a protocol has tags.</summary>
    public static string[] Of(CellProgram program) => [.. program.Steps.Select(Of)];

    public static string[] Of(Protocol protocol) => [.. protocol.Steps.Select(Of)];

    public static string Of(ProtocolStep step) => step switch
    {
        OpenCircuitStep rest => Join(step.Kind, rest.DurationSeconds),
        ConstantCurrentStep current => Join(step.Kind, current.RateC, current.CurrentAmperes, current.UntilSeconds, current.UntilVolts),
        ConstantVoltageStep hold => Join(step.Kind, hold.Volts, hold.UntilSeconds, hold.UntilRateC, hold.UntilAmperes),
        LoopBack loop => Join($"loop {loop.TargetTag}", loop.Passes),
        TagMark mark => $"tag {mark.Tag}",
        _ => step.Kind,
    };

    private static string Of(ProgramStep step) => step switch
    {
        RestStep rest => Join("rest", rest.DurationSeconds),
        CurrentStep current => Join("current", current.CurrentAmperes, current.RateC, current.UntilSeconds, current.UntilVoltageVolts),
        VoltageStep hold => Join(hold.Charging ? "charge at" : "discharge at", hold.VoltageVolts, hold.UntilSeconds, hold.UntilCurrentAmperes, hold.UntilRateC, hold.StartCurrentAmperes, hold.StartRateC),
        LoopStep loop => Join("loop", loop.FirstStep, loop.Passes),
        _ => step.ToString(),
    };

    private static string Join(string kind, params double?[] numbers) =>
        kind + " " + string.Join(' ', numbers.Select(number => number?.ToString("G9", CultureInfo.InvariantCulture) ?? "-"));
}
