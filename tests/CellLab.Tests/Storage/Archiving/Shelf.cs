using System.Security.Cryptography;
using System.Text;
using CellLab.Core.Devices;
using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Storage;
using CellLab.Storage.Archiving;
using CellLab.Storage.Export;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Tests.Storage.Archiving;

/// <summary>A data folder with an ended job of several streams and a running one, and a folder for archives beside it.</summary>
internal sealed class Shelf : IDisposable
{
    public const int Records = 700;

    private readonly TemporaryFolder _archives = new();

    public TemporaryFolder Data { get; } = new();

    public string Root => _archives.Path;

    public string Archive => Path.Combine(Root, Rows.JobA.Value);

    public static Task<Journal> OpenAsync(TemporaryFolder data, Action<ArchiveStep>? before = null, Func<string, long>? freeBytes = null)
    {
        var options = new JournalOptions { BackgroundMover = false, BeforeArchiveStep = before };
        return Journal.OpenAsync(
            data.Path, Clocks.RealTime, NullLoggerFactory.Instance, freeBytes is null ? options : options with { FreeBytes = freeBytes }, CancellationToken.None);
    }

    /// <summary>Job A has ended and is published, job B runs.</summary>
    public static async Task FillAsync(Journal journal)
    {
        await journal.CommitAsync(new JournalWrite { Jobs = [Rows.Job(Rows.JobA), Rows.Job(Rows.JobB)] }, CancellationToken.None);
        await journal.CommitAsync(
            new JournalWrite
            {
                Records = [.. Rows.Of(Rows.JobA, 1, Records), .. Rows.Of(Rows.JobB, 1, 20)],
                Companions = [.. CompanionRows.Ions(Rows.JobA, 1, 90), .. CompanionRows.Spectra(Rows.JobA, 1, 60)],
                Events = [.. Enumerable.Range(1, 1500).Select(number => Event(number % 3 == 0 ? Rows.JobB : Rows.JobA, number))],
                StepTimes = [.. Enumerable.Range(1, 40).Select(step => new StoredStepTime(Rows.JobA, Streams.Cycler, 0, new StepTime(step, 1, step * 0.1, 12, step, step)))],
                Jobs = [Rows.Job(Rows.JobA, JobState.Completed)],
            },
            CancellationToken.None);
        await journal.WriteCursorAsync(JournalCursors.Publisher, journal.LastPosition, CancellationToken.None);
        await journal.WriteCursorAsync(JournalCursors.CompanionPublisher, 1000, CancellationToken.None);
        await journal.MoveAllAsync(CancellationToken.None);
    }

    public ArchiveOrder Order() => new(
        Rows.Job(Rows.JobA, JobState.Completed), Root, new ExportContext("lab", "0.1.0", null, new ExportClock(1, null, null), [new ExportDevice(new DeviceId("cycler1"), "Neware", Simulated: false, null)]),
        [new ExportFile("a.bdf.csv", WriteTableAsync)], "CC-BY-4.0", "ada", "finished")
    {
        Devices = [new DeviceId("cycler1")],
    };

    /// <summary>Everything that is known of job A, for comparison.</summary>
    public static async Task<string> DescribeAsync(Journal journal)
    {
        var text = new StringBuilder();
        text.AppendJoin('\n', await journal.ReadRecordsAsync(Rows.JobA, Streams.Cycler, 1, int.MaxValue, CancellationToken.None)).AppendLine();
        text.AppendJoin('\n', await journal.ReadCompanionsAsync(Rows.JobA, Streams.MassSpectrometer, 1, int.MaxValue, CancellationToken.None)).AppendLine();
        text.AppendJoin('\n', await journal.ReadCompanionsAsync(Rows.JobA, Streams.Impedance, 1, int.MaxValue, CancellationToken.None)).AppendLine();
        text.AppendJoin('\n', await journal.ReadEventsAsync(Rows.JobA, 0, int.MaxValue, CancellationToken.None)).AppendLine();
        text.AppendJoin('\n', await journal.ReadStepTimesAsync(Rows.JobA, Streams.Cycler, CancellationToken.None)).AppendLine();
        text.AppendJoin('\n', await journal.Series.ReadPointsAsync(Rows.JobA, Streams.Cycler, 1, Records, CancellationToken.None));
        return text.ToString();
    }

    public static string HashOfFile(TemporaryFolder data) =>
        Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(data.Path, "jobs", Rows.JobA.Value + ".db"))));

    public void Dispose()
    {
        Data.Dispose();
        _archives.Dispose();
    }

    private static JobEvent Event(JobId job, int number) =>
        new(0, Rows.Start.AddSeconds(number), Rows.Start, job, number % 2 == 0 ? "cycler1" : null, "note", $"\"Ü\" {number}", number % 5 == 0 ? "{\"x\": 1.5}" : null);

    private static async Task WriteTableAsync(Stream target, CancellationToken cancellationToken)
    {
        for (int line = 0; line <= Records; line++)
        {
            await target.WriteAsync(Encoding.ASCII.GetBytes($"{line}\n"), cancellationToken);
        }
    }
}
