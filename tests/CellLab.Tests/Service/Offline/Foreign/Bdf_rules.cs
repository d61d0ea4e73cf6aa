using CellLab.Service.Offline.Analyze;
using CellLab.Tests.Service.Offline.Analyze;

namespace CellLab.Tests.Service.Offline.Foreign;

/// <summary>Each defect that a checker of the Battery Data Format knows is named with its row.</summary>
public sealed class Bdf_rules
{
    private const string Header = "Test Time / s,Voltage / V,Current / A,Cycle Count / 1,Step Record Index / 1,Charging Capacity / Ah,Discharging Capacity / Ah,Cumulative Capacity / Ah,Net Capacity / Ah";

    private static readonly string[] Good =
        [.. Enumerable.Range(0, 20).Select(k => FormattableString.Invariant($"{k * 10},3.5,0.001,1,{k + 1},{k * 1e-5:R},0,{k * 1e-5:R},{k * 1e-5:R}"))];

    private static AnalyzeResult Changed(int row, int column, string value)
    {
        string[] rows = [.. Good];
        string[] fields = rows[row].Split(',');
        fields[column] = value;
        rows[row] = string.Join(',', fields);
        return Analyzed.Text("a.bdf.csv", $"{Header}\n{string.Join('\n', rows)}\n");
    }

    [Fact]
    public void A_file_in_order_has_no_findings_but_what_its_counter_and_digits_tell() =>
        Assert.Equal(["few_digits", "counter_differs"], Analyzed.Text("a.bdf.csv", $"{Header}\n{string.Join('\n', Good)}\n").Findings.Select(finding => finding.Code));

    [Theory]
    [InlineData(0, "35", "time_fell", 7)]
    [InlineData(3, "-1", "cycle_count", 7)]
    [InlineData(3, "1.5", "cycle_count", 7)]
    [InlineData(4, "5", "step_record_index", 7)]
    [InlineData(5, "0", "counter_fell", 7)]
    [InlineData(7, "0.5", "sum_differs", 7)]
    [InlineData(8, "0.5", "sum_differs", 7)]
    [InlineData(1, "x", "not_a_number", 7)]
    [InlineData(2, "", "missing_value", 7)]
    [InlineData(2, "1e999", "not_a_number", 7)]
    public void A_defect_is_named_with_its_row(int column, string value, string code, long row) =>
        Assert.Contains(Changed(7, column, value).Findings, finding => finding.Code == code && finding.Row == row && finding.Severity != "info");

    [Fact]
    public void A_missing_required_column_is_an_error_and_nothing_is_analysed()
    {
        AnalyzeResult result = Analyzed.Text("a.bdf.csv", "Test Time / s,Voltage / V\n0,3.5\n1,3.6\n");
        Assert.Contains(result.Findings, finding => finding is { Severity: "error", Code: "missing_column", Column: "Current / A" });
        Assert.False(result.Usable);
    }

    [Fact]
    public void Old_and_foreign_labels_are_read_and_named()
    {
        AnalyzeResult result = Analyzed.Text("a.bdf.csv", "test_time_millisecond,Voltage / V,Current / A,room\n0,3.5,0.001,1\n1000,3.6,0.001,1\n");
        Assert.Equal(1, result.Cycling!.Steps[0].EndS);
        Assert.Contains(result.Findings, finding => finding is { Code: "header_not_preferred", Column: "test_time_millisecond" });
        Assert.Contains(result.Findings, finding => finding is { Severity: "info", Code: "unknown_column", Column: "room" });
    }

    [Fact]
    public void There_are_58_preferred_labels() => Assert.Equal(58, CellLab.Service.Offline.Foreign.Cyclers.BdfLabels.Preferred.Count);
}
