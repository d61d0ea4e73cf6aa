using CellLab.Core.Documents;
using CellLab.Core.Protocols.PyBamm;
using static CellLab.Tests.Core.Protocols.UnicyclerTexts;

namespace CellLab.Tests.Core.Protocols.PyBamm;

public sealed class PyBammWriterTests
{
    [Fact]
    public void Steps_are_written_as_specified()
    {
        string? text = PyBammWriter.Write(Read(Method(
            """{"step": "constant_current", "rate_C": 0.1, "until_time_s": 54000, "until_voltage_V": 4.9}""",
            """{"step": "constant_voltage", "voltage_V": 4.9, "until_time_s": 21600, "until_rate_C": 0.05}""",
            """{"step": "open_circuit_voltage", "until_time_s": 3600}""",
            """{"step": "constant_current", "current_mA": -0.025, "until_time_s": 60}""",
            """{"step": "constant_current", "rate_C": "D/2", "until_time_s": 90.5}""",
            """{"step": "constant_voltage", "voltage_V": 2, "until_current_mA": -0.01}""")), out _);

        Assert.Equal(
            """
            Charge at 0.1C for 15 hours or until 4.9 V
            Hold at 4.9 V for 6 hours or until 0.05C
            Rest for 3600.0 seconds
            Discharge at 0.025 mA for 1 minute
            Discharge at 0.5C for 90.5 seconds
            Hold at 2 V until 0.01 mA

            """,
            text);
    }

    [Fact]
    public void Loops_are_written_out()
    {
        string? text = PyBammWriter.Write(Read(Method(Tag("a"), Charge, Tag("b"), Rest, Loop("b", 2), Discharge, Loop("a", 2))), out IReadOnlyList<Finding> findings);
        string cycle = "Charge at 0.1C until 4.8 V\nRest for 60.0 seconds\nRest for 60.0 seconds\nDischarge at 0.1C until 2 V\n";
        Assert.Equal(cycle + cycle, text);
        Assert.Contains(findings, finding => finding.Message.Contains("loops", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(5000, true)]
    [InlineData(5001, false)]
    [InlineData(int.MaxValue, false)]
    public void More_than_ten_thousand_steps_are_refused(int passes, bool written)
    {
        string? text = PyBammWriter.Write(Read(Method(Charge, Discharge, Loop(1, passes))), out IReadOnlyList<Finding> findings);
        Assert.Equal(written, text is not null);
        Assert.Equal(!written, findings.Any(finding => finding.Message.Contains("more than 10000 steps", StringComparison.Ordinal)));
    }

    [Fact]
    public void Scans_and_spectra_are_refused_by_step()
    {
        string? text = PyBammWriter.Write(Read(Method(
            Rest,
            """{"step": "voltage_scan", "start_voltage_V": 3, "end_voltage_V": 4.8, "scan_rate_mV_per_s": 0.1}""",
            """{"step": "impedance_spectroscopy", "amplitude_V": 0.01, "start_frequency_Hz": 1e5, "end_frequency_Hz": 0.1}""")),
            out IReadOnlyList<Finding> findings);
        Assert.Null(text);
        Assert.Equal(["step 2 (voltage_scan)", "step 3 (impedance_spectroscopy)"], findings.Select(finding => finding.Message.Split(':')[0]));
    }

    [Fact]
    public void What_is_lost_is_listed()
    {
        PyBammWriter.Write(
            Read(With("\"safety\": {\"max_voltage_V\": 4.9},", Discharge, """{"step": "constant_voltage", "voltage_V": 4.8, "until_rate_C": 0.05}""")),
            out IReadOnlyList<Finding> findings);
        string all = string.Join('\n', findings);
        Assert.Contains("the record rule (every 30 s)", all, StringComparison.Ordinal);
        Assert.Contains("the safety limits", all, StringComparison.Ordinal);
        Assert.Contains("1C = 0.5 mA", all, StringComparison.Ordinal);
        Assert.Contains("step 2 (constant_voltage): that its current charges", all, StringComparison.Ordinal);
    }
}
