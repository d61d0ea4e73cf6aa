using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CellLab.Analysis.Cycling;
using CellLab.Service.Offline.Report;
using CellLab.Service.Offline.Report.Figures;
using CellLab.Tests.Analysis.Cycling;

namespace CellLab.Tests.Service.Offline.Report;

public sealed class ReportTests
{
    private static readonly DateTimeOffset s_made = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Replicates_of_a_material_stand_as_mean_and_standard_deviation_with_their_number()
    {
        ReportContents report = Report(Job("LMNO-1", 240), Job("LMNO-2", 244), Job("LMNPO-VO", 250));

        string[] row = report.Materials.Rows.Single(row => row[0] == "first discharge");
        Assert.Equal(["quantity", "unit", "LMNO", "LMNPO-VO"], report.Materials.Headers);
        Assert.Equal(["first discharge", "mAh/g", "242.0 ± 2.8 (n = 2)", "250.0 (n = 1)"], row);
    }

    [Fact]
    public void A_cell_that_stands_far_off_is_named_and_stays_in_the_mean()
    {
        ReportContents report = Report(Job("LMNO-1", 240), Job("LMNO-2", 241), Job("LMNO-3", 242), Job("LMNO-4", 241), Job("LMNO-5", 141));

        string cell = report.Materials.Rows.Single(row => row[0] == "first discharge")[2];
        Assert.StartsWith("221.0 ± ", cell, StringComparison.Ordinal);
        Assert.Contains("n = 5; far off: LMNO-5 (", cell, StringComparison.Ordinal);
    }

    [Fact]
    public void An_excluded_job_is_listed_with_its_reason_and_is_in_no_figure_and_no_mean()
    {
        ReportContents report = Report(Job("LMNO-1", 240), Job("LMNO-2", 100) with { Excluded = "leaked" });

        Assert.Equal("240.0 (n = 1)", report.Materials.Rows.Single(row => row[0] == "first discharge")[2]);
        Assert.Contains("no: leaked", report.ToHtml(), StringComparison.Ordinal);
        Assert.Contains("Left out of figures and means: LMNO-2", report.ToHtml(), StringComparison.Ordinal);
        Assert.All(report.Drawings(), drawing => Assert.DoesNotContain("LMNO-2", drawing.Svg, StringComparison.Ordinal));
    }

    [Fact]
    public void The_file_needs_nothing_else_and_says_what_still_runs()
    {
        string html = Report(Job("LMNO-1", 240) with { State = "Running", Verdict = null }).ToHtml();

        Assert.Contains("Still running: LMNO-1", html, StringComparison.Ordinal);
        Assert.DoesNotMatch(new Regex("(src|href)=|<script|@import|url\\("), html);
    }

    [Fact]
    public void Names_cannot_become_markup_and_every_drawing_is_well_formed()
    {
        ReportContents report = Report(Job("<b>&\"x", 240), Job("LMNO-1", 241));

        Assert.DoesNotContain("<b>&", report.ToHtml(), StringComparison.Ordinal);
        Assert.Contains("life.svg", report.Drawings().Select(drawing => drawing.FileName));
        Assert.All(report.Drawings(), drawing => Assert.Equal("svg", XDocument.Parse(drawing.Svg).Root!.Name.LocalName));
    }

    [Fact]
    public void A_gap_in_the_gas_signal_is_told_beside_the_amount_and_no_line_is_drawn_over_it()
    {
        JsonElement gas = JsonElement.Parse("""
            {"gases": {"O2": {"umol_per_mg": 0.25, "details": {"missing_s": 10179.2}, "curve": {"q_mah_g": [0, 1, 2, 3, 60, 61, 62], "flux_pmol_s_mg": [0, 0, 1, 2, 9, 5, 1]}}}}
            """);
        ReportContents report = Report(Job("LMNO-1", 240) with { Gas = [gas] });

        Assert.Equal("10179 (n = 1)", report.Materials.Rows.Single(row => row[0] == "O2 signal missing, left out of the amount")[2]);
        XElement drawing = XDocument.Parse(report.Drawings().Single(drawing => drawing.FileName == "first-cycle.svg").Svg).Root!;
        string[] parts = [.. drawing.Descendants().Attributes("d").Select(path => path.Value).Where(path => path.Count(letter => letter == 'M') > 1)];
        Assert.Equal(2, Assert.Single(parts).Count(letter => letter == 'M'));
    }

    [Fact]
    public void Cells_of_one_material_differ_in_strength_and_stand_in_the_legend()
    {
        XElement drawing = XDocument.Parse(Report(Job("LMNO-1", 240), Job("LMNO-2", 241)).Drawings().Single(drawing => drawing.FileName == "first-cycle.svg").Svg).Root!;

        string[] strengths = [.. drawing.Descendants().Attributes("stroke-opacity").Select(strength => strength.Value).Distinct().Order()];
        Assert.Equal(["0.65", "1"], strengths);
        Assert.All(["LMNO-1", "LMNO-2"], sample => Assert.Contains(drawing.Descendants(), text => text.Value.StartsWith(sample, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_set_that_does_not_set_the_scale_is_drawn_on_the_frame_where_it_is_beyond_it()
    {
        var later = new Series("later", 0, [(0, 0), (1, 10)], SeriesStyle.Line);
        var first = new Series("first", 0, [(0, 5), (1, 1000)], SeriesStyle.Line);
        string Path(FigurePanel panel, int set) => XDocument.Parse(FigureSvg.Write(new Figure("a", "a", "x", [panel], "")))
            .Descendants().Where(element => (string?)element.Attribute("stroke-linejoin") == "round").ElementAt(set).Attribute("d")!.Value;

        var scaled = new FigurePanel("y", [first, later]) { ScaledBy = [later] };

        Assert.Equal(Path(new FigurePanel("y", [later]), 0), Path(scaled, 1)); // as if it were alone
        Assert.EndsWith(Path(scaled, 1).Split(' ')[^1], Path(scaled, 0), StringComparison.Ordinal); // both end at the top of the frame
        Assert.NotEqual(Path(scaled, 1), Path(new FigurePanel("y", [first, later]), 1));
    }

    [Theory]
    [InlineData("LMNO-3", "LMNO")]
    [InlineData("LMNO_12", "LMNO")]
    [InlineData("LMNO 3", "LMNO")]
    [InlineData("LMNPO-VO", "LMNPO-VO")]
    [InlineData("Ni20", "Ni20")]
    [InlineData("7", "7")]
    public void A_trailing_number_tells_replicates_apart(string sample, string material) => Assert.Equal(material, ReportedJob.MaterialOf(sample));

    [Fact]
    public void Results_of_other_analyses_come_with_their_method_and_inputs()
    {
        JsonElement pulse = JsonElement.Parse("""{"rest_after_v": 3.9, "d_cm2_s": 6e-10, "d_whole_pulse_cm2_s": 1e-10, "area_cm2": 0.785, "method": "gitt-1"}""");
        ReportContents report = Report(Job("LMNO-1", 240) with { Gitt = [pulse] });

        Assert.Contains("gitt.svg", report.Drawings().Select(drawing => drawing.FileName));
        Assert.Contains(report.Inputs.Rows, row => row[1] == "GITT" && row[2] == "gitt-1" && row[3] == "area_cm2 0.785");
        Assert.Equal("6.00e-10 (n = 1)", report.Materials.Rows.Single(row => row[0] == "D by GITT, median")[2]);
    }

    [Fact]
    public void The_fit_of_a_spectrum_is_drawn_and_its_figures_have_their_errors_and_inputs()
    {
        JsonElement spectrum = JsonElement.Parse("""
            {"method": "eis-1", "eis": {"spectrum": {"frequency_hz": [100, 1, 0.1], "re_ohm": [1, 2, 3], "im_ohm": [-1, -2, -3]},
             "circuit": {"code": "R", "parameters": {"R0": {"value": 12.5, "sigma": 0.25}}},
             "warburg": [{"window_hz": [0.03, 0.3], "sigma_ohm_s05": 10, "sigma_error_ohm_s05": 0.1, "d_cm2_s": 1e-14, "area_cm2_assumed": 0.785}]}}
            """);
        ReportContents report = Report(Job("LMNO-1", 240) with { Impedance = [spectrum] });

        Assert.Equal("12.50 ± 0.25", report.Each.Rows.Single(row => row[0].StartsWith("R0", StringComparison.Ordinal))[2]);
        Assert.Equal("1.00e-14 ± 2E-16", report.Each.Rows.Single(row => row[0].StartsWith("D by impedance", StringComparison.Ordinal))[2]);
        Assert.Contains(report.Inputs.Rows, row => row[1] == "impedance" && row[3] == "code R, window_hz 0.03 to 0.3, area_cm2_assumed 0.785");
        Assert.Equal([(12.5, 0.0), (12.5, 0.0), (12.5, 0.0)], CircuitCurve.Of(spectrum));
    }

    [Fact]
    public void Pauses_gaps_and_alarms_are_told_and_what_a_plan_wants_is_not()
    {
        JsonElement events = JsonElement.Parse("""
            [{"kind": "job-state", "t_utc": "2026-03-01T08:00:00Z", "text": "Running: test 5"}, {"kind": "gap", "t_utc": "2026-03-01T09:30:10Z", "text": "12 records are missing"},
             {"kind": "seam", "t_utc": "2026-03-01T10:00:00Z", "text": "between segments"}, {"kind": "job-state", "t_utc": "2026-03-01T11:00:00Z", "text": "Paused: ended by itself"}]
            """);
        JsonElement alarm = JsonElement.Parse("""{"raised_utc": "2026-03-01T10:30:00Z", "text": "no data"}""");

        Assert.Equal(
            [
                "2026-03-01 09:30 UTC 12 records are missing", "2026-03-01 10:30 UTC alarm: no data", "2026-03-01 11:00 UTC Paused: ended by itself",
                "the job ran in 2 segments; between them the cell rested at open circuit",
            ],
            JobRemarks.Of(events.EnumerateArray(), [alarm]));
    }

    private static ReportContents Report(params ReportedJob[] jobs) => ReportContents.Of("Report", "site lab", s_made, jobs);

    private static ReportedJob Job(string sample, double firstDischarge)
    {
        CycleView[] cycles = [.. Enumerable.Range(1, 12).Select(cycle => Rate_table.Cycle(cycle, "life", 1, firstDischarge - cycle + 1))];
        return new ReportedJob(
            "a1b2c3d4e5f6", sample, ReportedJob.MaterialOf(sample), "coin-1", "coin", "life", "Completed", "complete", 2, 250, cycles, [], FadeTable.Of(cycles),
            new FirstCycleTrace([(0, 3), (100, 4.8)], [(0, 4.7), (100, 2)]));
    }
}
