using System.Text;
using CellLab.Tests.Drivers.Neware;

namespace CellLab.Tests.Cli;

/// <summary>Files of other programs at the command line.</summary>
public sealed class ProtocolExchangeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("celllab-exchange-").FullName;

    [Fact]
    public async Task A_step_file_in_GB18030_is_checked_and_converted()
    {
        string text = StepFileImportTexts.File("""<Remark Value="电池7"/>""", "", (1, StepFileImportTexts.Charge), (2, StepFileImportTexts.Discharge), (5, StepFileImportTexts.Loop(1, 3)));
        string file = Path.Combine(_folder, "export.xml");
        await File.WriteAllBytesAsync(file, CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(text));

        var check = new CliRun();
        Assert.Equal(0, await check.RunAsync("protocol", "check", file));
        Assert.Contains("valid, 3 steps", check.Out.ToString(), StringComparison.Ordinal);

        var convert = new CliRun();
        Assert.Equal(0, await convert.RunAsync("protocol", "convert", file, "--to", "unicycler"));
        Assert.Contains("\"name\": \"电池7\"", convert.Out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Experiment_strings_come_out_on_standard_output_and_losses_on_standard_error()
    {
        string file = Path.Combine(_folder, "cycle.txt");
        await File.WriteAllTextAsync(file, "Charge at 0.1C for 15 hours or until 4.8 V\nDischarge at 0.1C for 15 hours or until 2 V\n");
        var run = new CliRun();
        Assert.Equal(0, await run.RunAsync("protocol", "convert", file, "--to", "pybamm"));
        Assert.Equal(await File.ReadAllTextAsync(file), run.Out.ToString());
        Assert.Contains("not carried over: the record rule", run.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_misspelt_step_is_refused_with_line_and_suggestion()
    {
        string file = Path.Combine(_folder, "cycle.txt");
        await File.WriteAllTextAsync(file, "Charge at 0.1C until 4.8 V\nDicharge at 0.1C until 2 V\n");
        var run = new CliRun();
        Assert.Equal(1, await run.RunAsync("protocol", "check", file));
        Assert.StartsWith($"{file}:2:1: ", run.Reason, StringComparison.Ordinal);
        Assert.Contains("did you mean 'Discharge'?", run.Reason, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
