using System.Globalization;
using CellLab.Core.Programs;

namespace CellLab.Tests.Core.Protocols.Language;

/// <summary>A program's steps in a line each, for comparison: <c>CC 0.05 mA 4.8 V @life</c>.</summary>
internal static class ProgramText
{
    public static string[] Of(CellProgram program) => [.. program.Steps.Select(step => $"{Body(step)} @{step.Block}")];

    private static string Body(ProgramStep step) => step switch
    {
        CurrentStep current => $"CC {Number(current.CurrentAmperes * 1e3)} mA{Volts(current.UntilVoltageVolts)}{Seconds(current.UntilSeconds)}{Charge(current.UntilAmpereHours)}",
        VoltageStep hold => $"CV{Volts(hold.VoltageVolts)}{(hold.UntilCurrentAmperes is { } end ? $" {Number(end * 1e3)} mA" : "")}{Seconds(hold.UntilSeconds)}{Charge(hold.UntilAmpereHours)}",
        RestStep rest => $"REST{Seconds(rest.DurationSeconds)}{(rest.UntilVoltsPerSecond is { } drift ? $" <{Number(drift * 3.6e6)} mV/h" : "")}",
        PowerStep power => $"CP {Number(power.Watts * 1e3)} mW{Volts(power.UntilVoltageVolts)}{Seconds(power.UntilSeconds)}{Charge(power.UntilAmpereHours)}",
        ResistanceStep load => $"CR {Number(load.Ohms)} Ohm{Volts(load.UntilVoltageVolts)}{Seconds(load.UntilSeconds)}{Charge(load.UntilAmpereHours)}",
        ScanStep scan => $"SCAN{Volts(scan.StartVolts)}{Volts(scan.EndVolts)} {Number(scan.VoltsPerSecond * 1e3)} mV/s",
        LoopStep loop => $"LOOP {loop.FirstStep} x{loop.Passes}{(loop.Exits is { } exits ? $" or {exits}{(exits.Leaves > 0 ? $" leaves {exits.Leaves}" : "")}" : "")}",
        _ => step.GetType().Name,
    };

    private static string Charge(double? ampereHours) => ampereHours is { } value ? $" {Number(value * 1e3)} mAh" : "";

    private static string Volts(double? volts) => volts is { } value ? $" {Number(value)} V" : "";

    private static string Seconds(double? seconds) => seconds is { } value ? $" {Number(value)} s" : "";

    private static string Number(double value) => Math.Round(value, 9).ToString(CultureInfo.InvariantCulture);
}
