using CellLab.Service.Offline.Analyze;
using CellLab.Tests.Service.Offline.Analyze;

namespace CellLab.Tests.Service.Offline.Foreign;

/// <summary>Columns that our own files have after those of the Battery Data Format.</summary>
public sealed class Own_columns_of_the_format
{
    [Fact]
    public void The_testers_own_cycle_number_is_read_from_its_column()
    {
        (double Milliamperes, int Cycle, int Instrument)[] steps = [(1, 1, 7), (-1, 1, 8), (1, 2, 8), (-1, 2, 9)];
        string text = "Test Time / s,Voltage / V,Current / A,Cycle Count / 1,Step Count / 1,instrument_cycle,block,pass\n" + Analyzed.Lines(steps.SelectMany((step, place) =>
            Enumerable.Range(0, 2).Select(row => (FormattableString)$"{(7200 * place) + (3600 * row)},3.5,{step.Milliamperes * 1e-3},{step.Cycle},{place + 1},{step.Instrument},main,{step.Cycle}")));
        CyclingSection cycling = Analyzed.Text("a.bdf.csv", text).Cycling!;
        Assert.Equal([1, 2], cycling.Cycles.Select(cycle => cycle.Cycle));
        Assert.Equal([7, 8, 9], cycling.InstrumentCycles.Select(cycle => cycle.Cycle));
        Assert.Equal((1e-3, 1e-3), (cycling.InstrumentCycles[1].ChargeAh, cycling.InstrumentCycles[1].DischargeAh));
    }
}
