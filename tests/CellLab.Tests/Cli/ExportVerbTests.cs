using System.IO.Compression;

namespace CellLab.Tests.Cli;

public sealed class ExportVerbTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("celllab-export-").FullName;

    [Fact]
    public async Task Files_of_the_archive_are_laid_into_the_folder_and_named()
    {
        CliRun run = new CliRun().Answering("GET /api/v1/jobs/abc/exports/bdf-csv", Archive(("LMNO.bdf.csv", "a,b\n"), ("LMNO.json", "{}")));

        Assert.Equal(0, await run.RunAsync("export", "abc", "--format", "bdf-csv", "--out", folder));

        Assert.Equal("a,b\n", await File.ReadAllTextAsync(Path.Combine(folder, "LMNO.bdf.csv")));
        Assert.Equal(2, run.Out.ToString().TrimEnd().Split('\n').Length);
        Assert.Equal(2, Directory.GetFiles(folder).Length);
    }

    [Fact]
    public async Task A_name_that_points_outside_stays_inside()
    {
        CliRun run = new CliRun().Answering("GET /api/v1/jobs/abc/exports/cycles-csv", Archive(("../outside.csv", "x")));
        await run.RunAsync("export", "abc", "--format", "cycles-csv", "--out", folder);
        Assert.True(File.Exists(Path.Combine(folder, "outside.csv")));
        Assert.False(File.Exists(Path.Combine(folder, "..", "outside.csv")));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_a_refusal()
    {
        string file = Path.Combine(folder, "taken");
        await File.WriteAllTextAsync(file, "");
        CliRun run = new CliRun().Answering("GET /api/v1/jobs/abc/exports/cycles-csv", Archive(("cycles.csv", "x")));
        Assert.Equal(1, await run.RunAsync("export", "abc", "--format", "cycles-csv", "--out", file));
        Assert.Contains(file, run.Reason, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static byte[] Archive(params (string Name, string Text)[] files)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, string text) in files)
            {
                using var writer = new StreamWriter(archive.CreateEntry(name).Open());
                writer.Write(text);
            }
        }

        return bytes.ToArray();
    }
}
