using System.Text.Json;
using CellLab.Cli;
using CellLab.Tests.Drivers.Neware;

namespace CellLab.Tests.Cli;

[Trait("Suite", "Broad")]
public sealed class ProtocolPreviewVerbTests : IDisposable
{
    private const string Configuration = """
        {
          "site": "lab1", "pipelines": [ { "id": "coin-1", "roles": { "cycler": "cycler1.27-1-1" } } ],
          "devices": [ { "id": "cycler1", "driver": "Neware", "settings": { "current_ranges_ma": [0.1, 3] } } ]
        }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("celllab-preview-").FullName;

    [Fact]
    public async Task A_step_file_is_previewed_as_it_is_in_plain_characters()
    {
        string file = Write("bts.xml", StepFileImportTexts.File((1, StepFileImportTexts.Charge), (2, StepFileImportTexts.Discharge), (5, StepFileImportTexts.Loop(1, 3))));
        var run = new CliRun();

        Assert.Equal(0, await run.RunAsync("protocol", "preview", file, "--mass", "20mg", "--capacity", "150mAh/g"));

        Assert.StartsWith("plain estimate", run.Out.ToString(), StringComparison.Ordinal);
        Assert.Contains("voltage / V", run.Out.ToString(), StringComparison.Ordinal);
        Assert.All(run.Out.ToString(), letter => Assert.InRange(letter, '\n', '~'));
    }

    [Fact]
    public async Task What_the_channel_of_a_configuration_cannot_do_is_refused_by_step()
    {
        string file = Write("p.yaml", "celllab_protocol: 1\nmethod:\n  - Charge at 250 mA until 4.8 V\n");
        string[] options = ["--capacity", "0.5mAh", "--config", Write("celllab.json", Configuration), "--pipeline", "coin-1"];
        var preview = new CliRun();
        var check = new CliRun();

        Assert.Equal(1, await preview.RunAsync(["protocol", "preview", file, .. options]));
        Assert.Equal(1, await check.RunAsync(["protocol", "check", file, .. options]));

        Assert.StartsWith($"{file}:3:5: 'Charge at 250 mA until 4.8 V': the current 250 mA is above the channel's range of 3 mA", preview.Reason, StringComparison.Ordinal);
        Assert.Equal(preview.Reason, check.Reason);
    }

    [Theory]
    [InlineData("- Charge at 250 mA until 4.8 V", "0.5mAh", "p.yaml:3:5: 'Charge at 250 mA until 4.8 V': the current 250 mA is above all assumed current ranges (0.1, 1, 5, 10 mA)", "0.25 mA would fit")]
    [InlineData("- Rest for 1 h\n  - Discharge at 50C until 2.0 V", "0.5mAh", "p.yaml:4:5: 'Discharge at 50C until 2.0 V': the current -25 mA is above all assumed current ranges", "check the unit")]
    public async Task A_current_above_all_assumed_ranges_is_refused_by_step_in_check_and_preview(string step, string capacity, string reason, string hint)
    {
        string file = Write("p.yaml", $"celllab_protocol: 1\nmethod:\n  {step}\n");
        foreach (string verb in new[] { "check", "preview" })
        {
            var run = new CliRun();
            Assert.Equal(1, await run.RunAsync("protocol", verb, file, "--capacity", capacity));
            Assert.Contains(reason, run.Reason, StringComparison.Ordinal);
            Assert.Contains(hint, run.Reason, StringComparison.Ordinal);
        }

        var fits = new CliRun();
        Assert.Equal(0, await fits.RunAsync("protocol", "check", file, "--capacity", capacity, "--ranges", "10mA,300mA"));
    }

    [Fact]
    public async Task A_file_for_cells_of_unknown_size_may_have_larger_currents()
    {
        string file = Write("large.txt", "Charge at 1 A for 1 hour or until 4.1 V\nDischarge at 5 A until 2.5 V\n");
        var run = new CliRun();

        Assert.Equal(0, await run.RunAsync("protocol", "check", file));

        Assert.Contains("above all assumed current ranges", run.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mass_that_no_cell_has_is_refused_by_preview_as_by_check()
    {
        string file = Write("p.yaml", "celllab_protocol: 1\nwindow: 2.0-4.8 V\nmethod:\n  - Charge at 1 uA until 4.8 V\n");
        var preview = new CliRun();
        var check = new CliRun();

        Assert.Equal(1, await preview.RunAsync("protocol", "preview", file, "--mass", "2g", "--capacity", "250mAh/g"));
        Assert.Equal(1, await check.RunAsync("protocol", "check", file, "--mass", "2g", "--capacity", "250mAh/g"));

        Assert.Contains("an active mass of 2000 mg is not plausible", preview.Reason, StringComparison.Ordinal);
        Assert.Equal(check.Reason, preview.Reason);
    }

    [Theory]
    [InlineData("Charge at 400 mA until 4.8 V", "--ranges 10mA,500mA", "step 1 passes the safety limit max_voltage_V 4.9 V: it reaches ")]
    [InlineData("Charge at 40 mW for 1 second", "--ranges 1mA,10mA", "above all current ranges (1, 10 mA)")]
    [InlineData("Charge at 40 mW for 1 second", "", "above all assumed current ranges (0.1, 1, 5, 10 mA)")]
    public async Task What_a_rehearsal_passes_ends_with_1_and_its_step(string step, string options, string reason)
    {
        string file = Write("p.yaml", $"celllab_protocol: 1\nwindow: 2.0-4.8 V\nmethod:\n  - {step}\n");
        var run = new CliRun();

        int code = await run.RunAsync(["protocol", "preview", file, "--capacity", "0.5mAh", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.Contains(reason, run.Error.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, code);
    }

    [Fact]
    public async Task A_program_without_a_reachable_end_is_stopped_and_the_check_warns()
    {
        string file = Write("p.yaml", "celllab_protocol: 1\nwindow: 2.0-4.8 V\nblocks:\n  a:\n    - Rest for 1 second\n  b:\n    - {repeat: 1000000, block: a}\n  c:\n    - {repeat: 1000000, block: b}\nmethod:\n  - {repeat: 1000000, block: c}\n");
        var preview = new CliRun();
        var check = new CliRun();

        int code = await preview.RunAsync("protocol", "preview", file, "--capacity", "0.5mAh");
        await check.RunAsync("protocol", "check", file, "--capacity", "0.5mAh");

        Assert.Contains("stopped after 200000 executed steps", preview.Error.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, code);
        Assert.Contains("the rests alone last ", check.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipeline_without_a_configuration_is_asked_of_the_service_and_its_answer_shown()
    {
        string file = Write("p.yaml", "celllab_protocol: 1\nwindow: 2.0-4.8 V\nmethod:\n  - Charge at 0.1C until 4.8 V\n");
        var local = new CliRun();
        await local.RunAsync("protocol", "preview", file, "--capacity", "0.5mAh", "--json", "--start", "2026-05-04T12:00Z");
        CliRun asked = new CliRun().Answering("POST /api/v1/protocols/preview", local.Out.ToString());

        Assert.Equal(0, await asked.RunAsync("protocol", "preview", file, "--capacity", "0.5mAh", "--pipeline", "coin-1", "--json"));

        Assert.Equal(local.Out.ToString(), asked.Out.ToString());
        JsonElement body = JsonDocument.Parse(asked.Sent.Single().Body).RootElement;
        Assert.Equal("coin-1", body.GetProperty("pipeline").GetString());
        Assert.Equal("2026-05-04T12:00:00+00:00", JsonDocument.Parse(local.Out.ToString()).RootElement.GetProperty("starts_utc").GetString());
    }

    [Theory]
    [InlineData("--start", "tomorrow")]
    [InlineData("--cell", "LFP")]
    [InlineData("--config", "celllab.json")]
    public async Task Options_that_mean_nothing_are_wrong_usage(string option, string value)
    {
        string file = Write("p.yaml", "celllab_protocol: 1\nwindow: 2.0-4.8 V\nmethod:\n  - Charge at 0.1C until 4.8 V\n");
        var run = new CliRun();
        Assert.Equal(2, await run.RunAsync("protocol", "preview", file, "--mass", "2mg", "--capacity", "250mAh/g", option, value));
    }

    [Fact]
    public async Task The_drawing_goes_into_the_file_that_was_named()
    {
        string file = Write("p.yaml", "celllab_protocol: 1\nwindow: 2.0-4.8 V\nmethod:\n  - Charge at 0.1C until 4.8 V\n");
        string svg = Path.Combine(_folder, "p.svg");
        var run = new CliRun();

        Assert.Equal(0, await run.RunAsync("protocol", "preview", file, "--capacity", "0.5mAh", "--svg", svg));

        Assert.StartsWith("<svg ", await File.ReadAllTextAsync(svg), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("coin-1", "step 2 needs role eis, pipeline coin-1 has none (choose a pipeline with that role")]
    [InlineData("pstat", "pipeline pstat has none; its cycler channel measures impedance itself, but the service does not run such a step on it within a job")]
    public async Task A_spectrum_in_a_pipeline_without_the_role_is_refused_by_check_and_preview_as_by_submit(string pipeline, string reason)
    {
        string configuration = Write("celllab.json", """
            {
              "site": "lab1", "pipelines": [ { "id": "coin-1", "roles": { "cycler": "cycler1.27-1-1" } }, { "id": "pstat", "roles": { "cycler": "pstat1.1" } } ],
              "devices": [ { "id": "cycler1", "driver": "Neware", "settings": { "current_ranges_ma": [3] } }, { "id": "pstat1", "driver": "MethodScript", "settings": { } } ]
            }
            """);
        string file = Write("p.yaml", "celllab_protocol: 1\nwindow: 2.0-4.8 V\nmethod:\n  - Charge at 0.1 mA until 4.8 V\n  - {step: impedance_spectroscopy, amplitude_V: 0.01, start_frequency_Hz: 1e5, end_frequency_Hz: 0.1}\n");
        foreach (string verb in new[] { "check", "preview" })
        {
            var run = new CliRun();
            Assert.Equal(1, await run.RunAsync("protocol", verb, file, "--capacity", "0.5mAh", "--config", configuration, "--pipeline", pipeline));
            Assert.StartsWith($"{file}:5:5: 'impedance_spectroscopy': ", run.Reason, StringComparison.Ordinal);
            Assert.Contains(reason, run.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_step_of_which_nobody_knows_the_duration_is_unknown_and_no_0_seconds()
    {
        string file = Write("p.yaml", "celllab_protocol: 1\nwindow: 2.0-4.8 V\nmethod:\n  - Charge at 0.1 mA until 4.8 V\n  - {step: operator_task, text: look}\n  - Rest for 1 h\n");
        var run = new CliRun();
        Assert.Equal(0, await run.RunAsync("protocol", "preview", file, "--capacity", "0.5mAh"));
        string[] task = [.. run.Out.ToString().Split('\n').Where(line => line.Contains("operator_task", StringComparison.Ordinal) && line.StartsWith("   2", StringComparison.Ordinal))];
        Assert.All(task, line => Assert.Contains("unknown", line, StringComparison.Ordinal));
        Assert.Equal(2, task.Length);
        Assert.DoesNotContain(" 0.0 s", string.Concat(task), StringComparison.Ordinal);
        Assert.Contains("and the steps of unknown length", run.Out.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en_US.UTF-8", true, true)]
    [InlineData("en_US.UTF-8", false, false)]
    [InlineData("C", true, false)]
    public void Block_characters_need_a_terminal_in_UTF_8(string locale, bool terminal, bool blocks) => Assert.Equal(
        blocks,
        new CliEnvironment
        {
            Out = TextWriter.Null, Error = TextWriter.Null, Variable = name => name == "LANG" ? locale : null, Wall = TimeProvider.System, IsTerminal = terminal,
        }.DrawsBlocks);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
