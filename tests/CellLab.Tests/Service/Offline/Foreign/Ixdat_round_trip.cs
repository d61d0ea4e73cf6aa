using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Service.Offline.Foreign;
using CellLab.Service.Offline.Foreign.Masses;
using CellLab.Storage;
using CellLab.Storage.Export;
using CellLab.Tests.Service.Rest;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Tests.Service.Offline.Foreign;

/// <summary>What the export writes, the importer reads back.</summary>
public sealed class Ixdat_round_trip
{
    private const string Id = "abcdefgh2345";
    private static readonly ExportContext Context = new("lab1", "0.1.0", null, new ExportClock(1, null, null), []);

    [Fact]
    public async Task Times_ion_currents_potential_and_current_come_back_as_the_same_numbers()
    {
        using var folder = new TemporaryFolder();
        CompanionRow[] ions = [.. Enumerable.Range(1, 40).Select(Ion)];
        (string text, MassFile file, FindingLog log) = await ExportedAsync(folder, ions);

        Assert.Empty(log.ToList());
        Assert.Equal("ixdat-csv", file.Format);
        Assert.Equal(["15.5", "32", "44"], file.Masses.Keys.Order(StringComparer.Ordinal));
        foreach ((string mz, double mass) in (ReadOnlySpan<(string, double)>)[("15.5", 15.5), ("32", 32), ("44", 44)])
        {
            CompanionRow[] wanted = [.. ions.Where(row => Body(row).MassToCharge == mass)];
            Assert.Equal(wanted.Select(Body).Select(body => body.IonCurrentAmperes), file.Masses[mz].Values);
            Assert.Equal(wanted.Select(row => (row.TakenAtUtc - Stories.Noon).TotalSeconds), file.Masses[mz].Times);
        }

        Assert.Equal([30.0, 60, 90, 120, 150], file.Volts!.Times);
        Assert.Equal([3.001, 3.002, 3.003, 3.004, 3.005], file.Volts.Values);
        Assert.All(file.Amperes!.Values, value => Assert.Equal(5e-5, value, 1e-19));
        Assert.Contains("technique = EC-MS\ntstamp = 1777896000\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_without_ion_currents_is_an_electrochemical_measurement()
    {
        using var folder = new TemporaryFolder();

        (string text, MassFile file, FindingLog log) = await ExportedAsync(folder, []);

        Assert.Empty(log.ToList());
        Assert.Empty(file.Masses);
        Assert.Equal(5, file.Volts!.Count);
        Assert.Contains("technique = EC\n", text, StringComparison.Ordinal);
        string[] lines = text.Split('\n');
        int header = Array.FindIndex(lines, line => line.StartsWith("N_header_lines = ", StringComparison.Ordinal));
        Assert.Equal($"N_header_lines = {header + 3}", lines[header]);
        Assert.StartsWith("time/s,", lines[header + 2], StringComparison.Ordinal);
    }

    private static IonBody Body(CompanionRow row) => (IonBody)row.Body;

    private static CompanionRow Ion(int sequence) => new(
        new JobId(Id), Streams.MassSpectrometer, sequence, Stories.Noon.AddSeconds((sequence * 0.7) - 5).AddTicks(sequence), Stories.Noon.AddSeconds(sequence),
        sequence * 0.7, new IonBody("run cell", sequence, (sequence % 3) switch { 0 => 32, 1 => 44, _ => 15.5 }, (sequence - 4) / 3e13, "faraday"));

    private static async Task<(string Text, MassFile File, FindingLog Log)> ExportedAsync(TemporaryFolder folder, CompanionRow[] ions)
    {
        string path = Path.Combine(folder.Path, "out.csv");
        await using (Journal journal = await Journal.OpenAsync(Path.Combine(folder.Path, "data"), Clocks.RealTime, NullLoggerFactory.Instance, default))
        {
            await Stories.RunningAsync(journal, Id, "lmno");
            await journal.CommitAsync(new JournalWrite { Companions = ions }, default);
            Job job = (await journal.ReadJobAsync(new JobId(Id), default))!;
            ExportFile file = await new IxdatCsvExport(journal, Context).PrepareAsync(job, default);
            Assert.EndsWith(".ixdat.csv", file.Name, StringComparison.Ordinal);
            await using FileStream target = File.Create(path);
            await file.WriteAsync(target, default);
        }

        var log = new FindingLog();
        return (await File.ReadAllTextAsync(path), ForeignFiles.Open(path, log).Masses!, log);
    }
}
