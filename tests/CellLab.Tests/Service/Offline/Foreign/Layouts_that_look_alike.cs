using CellLab.Service.Offline.Analyze;
using CellLab.Tests.Service.Offline.Analyze;

namespace CellLab.Tests.Service.Offline.Foreign;

/// <summary>Words that several makers use do not decide what a file is.</summary>
public sealed class Layouts_that_look_alike
{
    private static readonly (int Seconds, double Volts, int Milliamperes, int Step)[] s_records = [(0, 3, 1, 1), (3600, 4, 1, 1), (0, 3.9, -1, 2), (3600, 3, -1, 2)];

    [Fact]
    public void A_layered_neware_export_with_step_id_and_step_type_is_no_battery_data_format()
    {
        string text = "Cycle ID,Chg. Cap.(mAh)\n,Step ID,Step Type,Time\n,,Record ID,Time(h:min:s.ms),Voltage(V),Current(mA),Capacity(mAh)\n1,1\n";
        foreach ((int seconds, double volts, int milliamperes, int step) in s_records)
        {
            text += seconds == 0 ? FormattableString.Invariant($",{step},{(step == 1 ? "CC Chg" : "CC DChg")},1:00:00\n") : "";
            text += FormattableString.Invariant($",,{step},{seconds / 3600}:00:00.000,{volts},{milliamperes},{seconds / 3600.0}\n");
        }

        AssertOneCycle(Analyzed.Text("a.csv", text), "neware-layered-csv");
    }

    [Fact]
    public void A_flat_export_with_step_id_and_step_type_is_read_by_its_other_columns()
    {
        string text = "Record ID,Step ID,Step Type,Time,Current(mA),Voltage(V)\n" + Analyzed.Lines(s_records.Select((row, n) => (FormattableString)
            $"{n + 1},{row.Step},{(row.Step == 1 ? "CC Chg" : "CC DChg")},{row.Seconds / 3600}:00:00,{row.Milliamperes},{row.Volts}"));
        AssertOneCycle(Analyzed.Text("a.csv", text), "neware-csv");
    }

    [Fact]
    public void An_export_that_lacks_a_column_says_which()
    {
        AnalyzeResult result = Analyzed.Text("a.csv", "DataPoint,Cycle Index,Step Index,Step Type,Time,Total Time,Voltage(V),Capacity(mAh)\n1,1,1,CC Chg,0:00:00,0:00:00,3.5,0\n");
        Assert.Equal(1, result.File.Rows);
        Assert.Contains(result.Findings, finding => finding is { Severity: "error", Code: "missing_column", Column: "current" });
        Assert.False(result.Usable);
    }

    private static void AssertOneCycle(AnalyzeResult result, string format)
    {
        Assert.Equal(format, result.File.Format);
        CycleEntry cycle = Assert.Single(result.Cycling!.Cycles);
        Assert.Equal((1e-3, 1e-3, true), (Math.Round(cycle.ChargeAh, 12), Math.Round(cycle.DischargeAh, 12), cycle.Complete));
    }
}
