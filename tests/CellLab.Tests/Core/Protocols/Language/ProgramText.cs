using System.Globalization;
using CellLab.Core.Programs;

namespace CellLab.Tests.Core.Protocols.Language;

/// <summary>A program's steps in a line each, for comparison: <c>CC 0.05 mA 4.8 V @life</c>.</summary>
internal static class ProgramText
{
    public static string[] Of(CellProgram program) => [.. program.Steps.Select(step => $"{Body(step)} @{step.Block}")];

    private static string Body(ProgramStep step) => step switch
    {
        CurrentStep current => $"CC {Number(current.CurrentAmperes * 1e3)} mA{Volts(current.UntilVoltageVolts)}{Seconds(current.UntilSeconds)}",
        VoltageStep hold => $"CV{Volts(hold.VoltageVolts)}{(hold.UntilCurrentAmperes is { } end ? $" {Number(end * 1e3)} mA" : "")}{Seconds(hold.UntilSeconds)}",
        RestStep rest => $"REST{Seconds(rest.DurationSeconds)}",
        ScanStep scan => $"SCAN{Volts(scan.StartVolts)}{Volts(scan.EndVolts)} {Number(scan.VoltsPerSecond * 1e3)} mV/s",
        LoopStep loop => $"LOOP {loop.FirstStep} x{loop.Passes}",
        _ => step.GetType().Name,
    };

    private static string Volts(double? volts) => volts is { } value ? $" {Number(value)} V" : "";

    private static string Seconds(double? seconds) => seconds is { } value ? $" {Number(value)} s" : "";

    private static string Number(double value) => Math.Round(value, 9).ToString(CultureInfo.InvariantCulture);
}
