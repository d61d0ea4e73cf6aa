using System.Globalization;

namespace CellLab.Cli.Demo;

/// <summary>Where one demo keeps everything: <c>artifacts/demo/[time]/</c>.</summary>
internal sealed class DemoFolder
{
    private DemoFolder(string installation, string path)
    {
        Installation = installation;
        Path = path;
    }

    public string Installation { get; }

    public string Path { get; }

    public string BenchFile(string name) => System.IO.Path.Combine(Installation, "config", "benches", name + ".json");

    public string ProtocolFile(string fileName) => System.IO.Path.Combine(Installation, "config", "protocols", fileName);

    public string BenchState => System.IO.Path.Combine(Path, "bench");

    public string Clock => System.IO.Path.Combine(BenchState, "clock.json");

    public string Configuration => System.IO.Path.Combine(Path, "celllab.json");

    public string LogOf(string process) => System.IO.Path.Combine(Path, process + ".log");

    public static DemoFolder Create(CliEnvironment environment)
    {
        string installation = Text.Installation.Folder(environment);
        string stamp = environment.Wall.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        string path = System.IO.Path.Combine(installation, "artifacts", "demo", stamp);
        for (int next = 2; Directory.Exists(path); next++)
        {
            path = System.IO.Path.Combine(installation, "artifacts", "demo", $"{stamp}-{next}");
        }

        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw CliException.Failed($"{path}: the demo's folder cannot be made: {failure.Message}");
        }

        return new DemoFolder(installation, path);
    }
}
