using System.Text;
using CellLab.Service.Offline.Analyze;
using MathNet.Numerics;

namespace CellLab.Tests.Service.Offline.Analyze;

/// <summary>The worked examples of the data formats page, read from files of every cycler layout.</summary>
public sealed class Cycling_vectors_from_files
{
    /// <summary>Charge 1 mA for an hour from 3 V to 4 V, discharge 1 mA for 54 min from 3.9 V to 3.0 V: t in the step, V, I in A, cycle, step, kind.</summary>
    private static IEnumerable<(double T, double V, double I, int Step)> FirstVector() =>
        Enumerable.Range(0, 5).Select(k => (900.0 * k, 3 + (0.25 * k), 1e-3, 1))
            .Concat(Enumerable.Range(0, 4).Select(k => (1080.0 * k, 3.9 - (0.3 * k), -1e-3, 2)));

    private static string Clock(double seconds) => TimeSpan.FromSeconds(seconds).ToString(@"hh\:mm\:ss");

    private static string Flat(string header, double current, double voltage, double time) => header + "\n" + Analyzed.Lines(FirstVector().Select((row, n) => (FormattableString)
        $"{n + 1},1,{row.Step},{(row.Step == 1 ? "CC Chg" : "CC DChg")},{Clock(row.T)},{Clock((row.Step == 1 ? 0 : 3600) + row.T)},{row.I * current:0.000000000},{row.V * voltage:0.0000},{time},"));

    [Fact]
    public void A_flat_neware_export_gives_capacities_efficiencies_and_mean_voltages()
    {
        AnalyzeResult result = Analyzed.Text("a.csv", Flat("DataPoint,Cycle Index,Step Index,Step Type,Time,Total Time,Current(A),Voltage(V),Note,", 1, 1, 0));
        AssertFirstVector(result, "neware-csv");
    }

    [Fact]
    public void Units_of_the_header_are_converted_and_a_latin_1_micro_sign_is_read()
    {
        string text = Flat("DataPoint,Cycle Index,Step Index,Step Type,Time,Total Time,Current(\u00B5A),Voltage(mV),Note,", 1e6, 1e3, 0);
        AssertFirstVector(Analyzed.Bytes("a.csv", Encoding.Latin1.GetBytes(text)), "neware-csv");
        AssertFirstVector(Analyzed.Bytes("a.csv", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)]), "neware-csv");
    }

    [Fact]
    public void A_chinese_export_in_gb18030_is_read()
    {
        string text = Flat("数据序号,循环号,工步号,工步类型,时间,总时间,电流(mA),电压(V),备注,", 1e3, 1, 0).Replace("CC Chg", "恒流充电").Replace("CC DChg", "恒流放电");
        AssertFirstVector(Analyzed.Bytes("a.csv", CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(text)), "neware-csv");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_layered_neware_export_is_read_whether_or_not_the_cycle_row_carries_the_first_step(bool merged)
    {
        var text = new StringBuilder("Cycle ID,Cap_Chg(mAh),Cap_DChg(mAh)\n,Step ID,Step Name,Step Time\n,,Record ID,Time(h:min:s.ms),Voltage(V),Current(mA),\n");
        text.Append(merged ? "1,1,CC_Chg,1:00:00\n" : "1,1.0,0.9\n,1,CC_Chg,1:00:00\n");
        foreach ((double t, double v, double i, int step) in FirstVector())
        {
            text.Append(step == 2 && t == 0 ? ",2,CC_DChg,0:54:00\n" : "");
            text.Append(FormattableString.Invariant($",,{1},\t{Clock(t)}.000,{v},{i * 1e3},\n"));
        }

        AssertFirstVector(Analyzed.Text("a.csv", text.ToString()), "neware-layered-csv");
    }

    [Fact]
    public void A_land_csv_with_preamble_is_read()
    {
        string text = "name:x,,,\nremark:,,,\nstart:,,,\n\nchannel_index,cycle_index,step_index,date_time_iso_string,test_time_s,step_time_s,current_A,voltage_V,step_name,\n"
            + Analyzed.Lines(FirstVector().Select((row, n) => (FormattableString)
                $"{n + 1},1,{row.Step},{new DateTime(2026, 1, 31, 12, 0, 0).AddSeconds((row.Step == 1 ? 0 : 3600) + row.T):MM/dd/yyyy HH:mm:ss},{(row.Step == 1 ? 0 : 3600) + row.T},{row.T},{row.I:0.0000},{row.V},{(row.Step == 1 ? "charge CC" : "discharge CC")},"));
        AssertFirstVector(Analyzed.Text("land.csv", text), "land-csv");
    }

    [Fact]
    public void An_old_land_text_without_signs_takes_them_from_the_state()
    {
        string text = "Rec#\tCyc#\tStep\tTest(sec)\tStep(sec)\tAmp-hr\tWatt-hr\tAmps\tVolts\tState\tES\tDPt-Time\n"
            + Analyzed.Lines(FirstVector().Select((row, n) => (FormattableString)
                $"{n + 1}\t1\t{row.Step}\t{(row.Step == 1 ? 0 : 3600) + row.T}\t{row.T}\t{row.T / 3.6e6}\t\t{Math.Abs(row.I)}\t{row.V}\t{(row.Step == 1 ? "C" : "D")}\t0\t"));
        AnalyzeResult result = Analyzed.Text("land.txt", text);
        AssertFirstVector(result, "land-txt");
        Assert.Contains(result.Findings, finding => finding.Code == "sign_from_step_type");
    }

    [Theory]
    [InlineData("Test Time / s,Voltage / V,Current / A")]
    [InlineData("test_time_second,voltage_volt,current_ampere")]
    public void A_bdf_file_without_steps_is_divided_by_the_sign_of_its_current(string header)
    {
        string text = header + "\n" + Analyzed.Lines(FirstVector().Select(row => (FormattableString)$"{(row.Step == 1 ? 0 : 3600) + row.T},{row.V},{row.I}"));
        AssertFirstVector(Analyzed.Text("a.bdf.csv", text), "bdf-csv");
    }

    [Fact]
    public void A_header_without_units_and_millivolts_read_as_volts_are_named_and_do_not_fill_the_memory()
    {
        string text = "Time(s),Voltage,Current(mA)\n" + Analyzed.Lines(Enumerable.Range(0, 100).Select(k => (FormattableString)$"{k},{3000 + (10 * k)},1.000"));
        AnalyzeResult result = Analyzed.Text("a.csv", text);
        Assert.Contains(result.Findings, finding => finding is { Code: "no_unit", Column: "Voltage" });
        Assert.Contains(result.Findings, finding => finding is { Code: "implausible", Row: 1 });
        Assert.Equal(99e-3 / 3600, result.Cycling!.Steps[0].ChargeAh, 1e-12);
    }

    [Fact]
    public void A_plain_table_without_steps_is_read_too()
    {
        string text = "Time(h),Voltage(V),Current(mA)\n" + Analyzed.Lines(FirstVector().Select(row => (FormattableString)$"{((row.Step == 1 ? 0 : 3600) + row.T) / 3600:R},{row.V},{row.I * 1e3}"));
        AssertFirstVector(Analyzed.Text("a.csv", text), "cycler-csv");
    }

    [Fact]
    public void A_biologic_cycling_file_is_read_with_its_net_counter()
    {
        string text = "EC-Lab ASCII FILE\nNb header lines : 3\nmode\tNs\ttime/s\tcontrol/V/mA\tEwe/V\t<I>/mA\t(Q-Qo)/mA.h\thalf cycle\tcycle number\t\n"
            + Analyzed.Lines(FirstVector().Select(row => (FormattableString)
                $"1\t{row.Step}\t{(row.Step == 1 ? 0 : 3600) + row.T:E9}\t0\t{row.V}\t{row.I * 1e3}\t{(row.Step == 1 ? row.T / 3600 : 1 - (row.T / 3600)):R}\t{row.Step - 1}\t1.0"));
        AssertFirstVector(Analyzed.Text("a.mpt", text), "biologic-mpt");
    }

    [Fact]
    public void An_arbin_counter_that_runs_through_steps_is_not_counted_twice()
    {
        string text = "Data_Point,Test_Time(s),Step_Time(s),Step_Index,Cycle_Index,Current(A),Voltage(V),Charge_Capacity(Ah),Discharge_Capacity(Ah)\n"
            + Analyzed.Lines(FirstVector().Concat(FirstVector()).Select((row, n) => (FormattableString)
                $"{n + 1},{(n >= 9 ? 6840 : 0) + (row.Step == 1 ? 0 : 3600) + row.T},{row.T},{row.Step},{1 + (n / 9)},{row.I},{row.V},{(n >= 9 ? 1e-3 : 0) + (row.Step == 1 ? row.T / 3.6e6 : 1e-3):R},{(n >= 9 ? 0.9e-3 : 0) + (row.Step == 2 ? row.T / 3.6e6 : 0):R}"));
        AnalyzeResult result = Analyzed.Text("a.csv", text);
        Assert.Equal("arbin-csv", result.File.Format);
        Assert.Equal([1e-3, 1e-3], result.Cycling!.Cycles.Select(cycle => Math.Round(cycle.ChargeAh, 9)));
        Assert.Equal([0.9e-3, 0.9e-3], result.Cycling.Cycles.Select(cycle => Math.Round(cycle.DischargeAh, 9)));
        Assert.DoesNotContain(result.Findings, finding => finding.Code == "counter_fell");
    }

    [Fact]
    public void A_cv_tail_is_integrated_by_trapezoids()
    {
        string text = "test_time_second,voltage_volt,current_ampere\n" + Analyzed.Lines(Enumerable.Range(0, 61).Select(k =>
            (FormattableString)$"{60 * k},4.8,{1e-3 * Math.Exp(-60 * k / 1200.0):R}"));
        StepEntry step = Assert.Single(Analyzed.Text("a.bdf.csv", text).Cycling!.Steps);
        Assert.Equal(0.3168036e-3, step.ChargeAh, 1e-10);
        Assert.Equal(1.5206574e-3, step.ChargeWh, 1e-10);
    }

    [Theory]
    [InlineData("0", 19.890)]
    [InlineData("0.005", 19.300)]
    [InlineData("0.01", 17.801)]
    public void The_dqdv_peak_of_a_gaussian_has_the_height_of_the_page(string sigma, double height)
    {
        string text = "test_time_second,voltage_volt,current_ampere,step_charging_capacity_ah,step_discharging_capacity_ah\n" + Analyzed.Lines(
            Enumerable.Range(0, 401).Select(k => 4.3 + (0.001 * k)).Select((v, k) =>
                (FormattableString)$"{k},{v:0.000},0.001,{0.5e-3 * (1 + SpecialFunctions.Erf((v - 4.5) / (0.02 * Math.Sqrt(2)))):R},0"));
        DqDvEntry curve = Assert.Single(Analyzed.Text("a.bdf.csv", text, "{\"dqdv\": {\"cycles\": [1], \"bin_v\": 0.005, \"sigma_v\": SIGMA}}".Replace("SIGMA", sigma)).Cycling!.DqDv);
        DqDvPeakEntry peak = Assert.Single(curve.Peaks);
        Assert.Equal(4.5, peak.VoltageV, 1e-4);
        Assert.Equal(height, peak.HeightMahPerV, 5e-4);
        Assert.Equal(1.0, peak.AreaMah, 1e-6);
        Assert.Equal(1.0, curve.AreaMah, 1e-9);
    }

    [Fact]
    public void A_counter_that_is_reset_inside_a_step_is_summed_and_named_with_its_row()
    {
        double[] counter = [0, 0.1, 0.2, 0, 0.1, 0.3];
        string text = "DataPoint,Cycle Index,Step Index,Step Type,Time,Current(mA),Voltage(V),Capacity(mAh)\n" + Analyzed.Lines(
            counter.Select((q, k) => (FormattableString)$"{k + 1},1,1,CC DChg,{Clock(k * 360)},-1,3.5,{q}"));
        AnalyzeResult result = Analyzed.Text("a.csv", text);
        Assert.Equal(0.5e-3, Assert.Single(result.Cycling!.Steps).DischargeAh, 1e-15);
        FindingEntry finding = Assert.Single(result.Findings, finding => finding.Code == "counter_fell");
        Assert.Equal(("warning", 3L), (finding.Severity, finding.Row));
    }

    [Fact]
    public void A_negative_current_inside_a_charge_step_is_kept_apart()
    {
        string text = "test_time_second,voltage_volt,current_ampere,step_count\n" + Analyzed.Lines(Enumerable.Range(0, 6001).Select(k =>
            (FormattableString)$"{k / 10.0},3.5,{(k is > 3000 and <= 3600 ? -1e-4 : 1e-3)},1"));
        StepEntry step = Assert.Single(Analyzed.Text("a.bdf.csv", text).Cycling!.Steps);
        Assert.Equal(540 * 1e-3 / 3600, step.ChargeAh, 1e-7);
        Assert.Equal(60 * 1e-4 / 3600, step.DischargeAh, 1e-8);
    }

    [Fact]
    public void The_time_before_the_first_record_is_counted_as_estimated()
    {
        string text = "DataPoint,Cycle Index,Step Index,Step Type,Time,Current(mA),Voltage(V)\n" + Analyzed.Lines(
            Enumerable.Range(1, 360).Select(k => (FormattableString)$"{k},1,1,CC DChg,{Clock(k * 10)},-1,3.5"));
        StepEntry step = Assert.Single(Analyzed.Text("a.csv", text).Cycling!.Steps);
        Assert.Equal(1e-3, step.DischargeAh, 1e-12);
        Assert.Equal(2.778e-6, step.EstimatedAh, 1e-9);
    }

    [Fact]
    public void Cycles_are_counted_electrochemically()
    {
        double[] moved = [-0.5, 0.0005, 1, -0.0005, 0.1, -1, 1];
        string text = "DataPoint,Cycle Index,Step Index,Step Type,Time,Current(mA),Voltage(V)\n" + Analyzed.Lines(moved.SelectMany((q, s) => new[] { 0, 1 }.Select(k =>
            (FormattableString)$"{(2 * s) + k + 1},{10 + s},{s + 1},{(q > 0 ? "CC Chg" : "CC DChg")},{Clock(3600 * k)},{q},3.5")));
        CyclingSection cycling = Analyzed.Text("a.csv", text).Cycling!;
        Assert.Equal([0, 0, 1, 1, 1, 1, 2], cycling.Steps.Select(step => step.Cycle));
        Assert.Equal(7, cycling.InstrumentCycles.Count(cycle => cycle.Cycle >= 10) + moved.Count(q => Math.Abs(q) < 0.001));
    }

    [Fact]
    public void Milliseconds_in_a_column_of_seconds_are_found_by_the_wall_clock_and_left_as_they_are()
    {
        string text = "Test Time / s,Voltage / V,Current / A,Unix Time / s\n" + Analyzed.Lines(Enumerable.Range(0, 50).Select(k =>
            (FormattableString)$"{k * 10_000},3.5,0.001,{1_800_000_000 + (k * 10)}"));
        AnalyzeResult result = Analyzed.Text("a.bdf.csv", text);
        FindingEntry finding = Assert.Single(result.Findings, finding => finding.Code == "time_scale");
        Assert.Contains("factor 1000", finding.Message, StringComparison.Ordinal);
        Assert.Equal(490_000, result.Cycling!.Steps[^1].EndS);
    }

    private static void AssertFirstVector(AnalyzeResult result, string format)
    {
        Assert.Equal((format, 9L), (result.File.Format, result.File.Rows));
        CyclingSection cycling = result.Cycling!;
        Assert.Equal(["charge", "discharge"], cycling.Steps.Select(step => step.Kind));
        CycleEntry cycle = Assert.Single(cycling.Cycles);
        Assert.True(cycle.Complete);
        Assert.Equal(1.0e-3, cycle.ChargeAh, 1e-12);
        Assert.Equal(3.5e-3, cycle.ChargeWh, 1e-12);
        Assert.Equal(3.5, cycle.MeanChargeVoltageV!.Value, 1e-9);
        Assert.Equal(0.9e-3, cycle.DischargeAh, 1e-12);
        Assert.Equal(3.105e-3, cycle.DischargeWh, 1e-9);
        Assert.Equal(3.45, cycle.MeanDischargeVoltageV!.Value, 1e-6);
        Assert.Equal(90.0, cycle.CoulombicEfficiencyPercent!.Value, 1e-6);
        Assert.Equal(88.714, cycle.EnergyEfficiencyPercent!.Value, 1e-3);
        Assert.Equal(0.05, cycle.HysteresisV!.Value, 1e-6);
        Assert.Equal(3600, cycling.Steps[0].EndS - cycling.Steps[0].StartS);
    }
}
