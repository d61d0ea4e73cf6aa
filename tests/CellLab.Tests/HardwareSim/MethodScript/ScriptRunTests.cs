using CellLab.CellModel;
using CellLab.HardwareSim.MethodScript.Language;
using CellLab.HardwareSim.MethodScript.Running;
using CellLab.HardwareSim.MethodScript.Wire;

namespace CellLab.Tests.HardwareSim.MethodScript;

public sealed class ScriptRunTests
{
    private const string Head = "var p\nvar c\nvar f\nvar r\nvar j\n";
    private const string Pack = "pck_start\npck_add p\npck_add c\npck_end\nendloop\n";

    [Fact]
    public void A_spectrum_with_the_lead_off_is_that_of_no_cell()
    {
        var bench = new ScriptBench();
        bench.Terminals.OpenLead = true;

        bench.Run(Head + "set_pgstat_mode 3\nset_e 3100m\ncell_on\nmeas_loop_eis f r j 10m 100k 10 3i 3100m\npck_start\npck_add f\npck_add r\npck_add j\npck_end\nendloop\ncell_off");

        string[] packages = [.. bench.Lines.Where(line => line.StartsWith('P'))];
        Assert.Equal(3, packages.Length);
        Assert.All(packages, package => Assert.Contains(";ccDF5E100k", package, StringComparison.Ordinal)); // 1e11 ohm
    }

    [Theory]
    [InlineData("set_pgstat_mode 3\nmeas_loop_ocp p 100m 2\n", "M000B", 20)]
    [InlineData("set_pgstat_mode 3\nset_e 3100m\ncell_on\nmeas_loop_ca p c 3100m 100m 2\n", "M0007", 20)]
    [InlineData("set_pgstat_mode 6\nset_i 0\ncell_on\nmeas_loop_cp p c 25u 100m 2\n", "M000A", 20)]
    [InlineData("set_pgstat_mode 3\nset_e 3100m\ncell_on\nmeas_loop_lsv p c 3100m 3200m 10m 100m\n", "M0000", 11)]
    [InlineData("set_pgstat_mode 3\nset_e 3100m\ncell_on\nmeas_loop_cv p c 3100m 3200m 3000m 10m 100m\n", "M0005", 41)]
    public void Every_loop_gives_the_packages_its_shape_promises(string loop, string begin, int packages)
    {
        var bench = new ScriptBench();
        Assert.Null(bench.Run(Head + loop + Pack + "cell_off").Fault);
        Assert.Equal(begin, bench.Lines[0]);
        Assert.Equal("*", bench.Lines[^1]);
        Assert.Equal(packages, bench.Lines.Count(l => l[0] == 'P'));
    }

    [Fact]
    public void Scans_are_told_only_where_there_are_several()
    {
        var bench = new ScriptBench();
        bench.Run(Head + "set_pgstat_mode 3\nset_e 3100m\ncell_on\nmeas_loop_cv p c 3100m 3200m 3000m 50m 1 nscans(2)\nendloop\ncell_off");
        Assert.Equal(["M0005", "C0001", "-", "C0002", "-", "*"], bench.Lines);
    }

    [Fact]
    public void A_spectrum_is_logarithmic_and_shows_the_cell_s_impedance()
    {
        var bench = new ScriptBench();
        bench.Run(Head + "set_pgstat_mode 3\nset_e 3100m\ncell_on\nmeas_loop_eis f r j 10m 100k 10 3i 3100m\npck_start\npck_add f\npck_add r\npck_add j\npck_end\nendloop\ncell_off");

        System.Numerics.Complex z = new CellImpedance(bench.Place.Cell.Parameters, bench.Place.Cell.State).At(1000);
        string[] packages = [.. bench.Lines.Where(l => l[0] == 'P')];
        Assert.StartsWith("Pdc" + PackageText.Of([new ScriptValue(1000, false, "dc")])[3..], packages[1], StringComparison.Ordinal);
        Assert.Contains($"cc{PackageText.Of([new ScriptValue(Math.Round(z.Real, 3), false, "cc")])[3..7]}", packages[1], StringComparison.Ordinal);
        Assert.Equal(3, packages.Length);
    }

    [Fact]
    public void A_break_ends_the_loop_and_the_script_goes_on()
    {
        var bench = new ScriptBench();
        bench.Run(Head + "set_pgstat_mode 3\nmeas_loop_ocp p 1 100\nif p > 1\nbreakloop\nendif\nendloop\nsend_string \"after\"");
        Assert.Equal(["M000B", "*", "Tafter"], bench.Lines);
        Assert.Equal(1, bench.Place.AdvancedTo, 6);
    }

    [Fact]
    public void Abort_closes_open_loops_and_runs_what_follows_the_end()
    {
        var bench = new ScriptBench();
        ScriptRun run = bench.Start(Head + "set_pgstat_mode 6\nset_i 0\ncell_on\nloop 1 == 1\nmeas_loop_cp p c 25u 1 100\nendloop\nendloop\non_finished:\ncell_off\nsend_string \"off\"");
        run.AdvanceTo(10);
        Assert.True(bench.Terminals.On);

        run.Abort(10.5);

        Assert.Equal(["L", "M000A", "*", "+", "Toff"], bench.Lines);
        Assert.True(run.Ended);
        Assert.False(bench.Terminals.On);
    }

    [Theory]
    [InlineData("set_pgstat_mode 3\ncell_on\nmeas_loop_ocp p 1 2\nendloop", 0x0014, 8)]
    [InlineData("set_pgstat_mode 3\ncell_off\nmeas_loop_ca p c 3 1 2\nendloop", 0x4027, 8)]
    [InlineData("set_pgstat_mode 3\ncell_on\nmeas_loop_cp p c 25u 1 2\nendloop", 0x0023, 8)]
    [InlineData("set_pgstat_mode 4", 0x4206, 6)]
    [InlineData("set_e 7", 0x000F, 6)]
    [InlineData("div_var p 0", 0x0028, 6)]
    [InlineData("set_pgstat_mode 3\ncell_on\nmeas_loop_eis f r j 10m 1M 1 5i 3\nendloop", 0x0011, 8)]
    [InlineData("set_pgstat_mode 3\ncell_on\nmeas_loop_eis f r j 1 1k 1 5i 3\nendloop", 0x0012, 8)]
    [InlineData("pck_add p", 0x401B, 6)]
    [InlineData("meas_loop_ocp p 0 2\nendloop", 0x4204, 6)]
    public void A_run_time_error_ends_it_with_code_and_line_and_leaves_the_cell_as_it_is(string text, int code, int line)
    {
        var bench = new ScriptBench();
        ScriptRun run = bench.Run(Head + text + "\non_finished:\ncell_off");
        Assert.Equal((code, line), (run.Fault!.Code, run.Fault.Line));
        Assert.Equal(text.Contains("cell_on", StringComparison.Ordinal), bench.Terminals.On);
    }

    [Fact]
    public void A_second_output_on_the_same_cell_is_written_down()
    {
        var bench = new ScriptBench();
        bench.Place.SwitchedOn("cycler1", 5);
        bench.Run("set_pgstat_mode 6\nset_i 0\ncell_on");
        Assert.Equal(("cycler1", "p"), (bench.Place.Conflicts.Single().First, bench.Place.Conflicts.Single().Second));
    }

    [Theory]
    [InlineData(0.1, "DF5E100n")]
    [InlineData(0, "8000000 ")]
    [InlineData(50000, "AFAF080m")]
    [InlineData(double.NaN, "     nan")]
    public void Values_are_written_with_the_finest_prefix_that_holds_them(double value, string text) =>
        Assert.Equal("Pda" + text, PackageText.Of([new ScriptValue(value, false, "da")]));
}
