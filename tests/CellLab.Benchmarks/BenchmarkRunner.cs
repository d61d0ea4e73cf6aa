using System.Globalization;
using System.Text.Json;

namespace CellLab.Benchmarks;

/// <summary>Runs the benchmark that is named, or all, prints the figures and writes them as JSON where asked to.</summary>
internal static class BenchmarkRunner
{
    private const int Done = 0;
    private const int WrongUsage = 2;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static async Task<int> RunAsync(IReadOnlyList<IBenchmark> benchmarks, string[] arguments, CancellationToken cancellationToken)
    {
        if (!TryParse(benchmarks, arguments, out IReadOnlyList<IBenchmark> chosen, out string? jsonFile))
        {
            await Console.Error.WriteLineAsync("usage: celllab benchmark [NAME] [--json FILE]; NAME is one of:");
            await Console.Error.WriteLineAsync(string.Join('\n', benchmarks.Select(b => $"  {b.Name,-16} {b.Summary}")));
            return WrongUsage;
        }

        var results = new Dictionary<string, Dictionary<string, double>>();
        foreach (IBenchmark benchmark in chosen)
        {
            Console.WriteLine($"{benchmark.Name}: {benchmark.Summary}");
            IReadOnlyList<Figure> figures = await benchmark.RunAsync(cancellationToken);
            foreach (Figure figure in figures)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {figure.Name,-40} {figure.Value,14:G6}"));
            }

            results[benchmark.Name] = figures.ToDictionary(f => f.Name, f => f.Value);
        }

        if (jsonFile is not null)
        {
            await File.WriteAllTextAsync(jsonFile, JsonSerializer.Serialize(results, Indented) + "\n", cancellationToken);
        }

        return Done;
    }

    private static bool TryParse(
        IReadOnlyList<IBenchmark> benchmarks, string[] arguments, out IReadOnlyList<IBenchmark> chosen, out string? jsonFile)
    {
        chosen = benchmarks;
        jsonFile = null;
        for (int index = 0; index < arguments.Length; index++)
        {
            if (arguments[index] == "--json" && index + 1 < arguments.Length)
            {
                jsonFile = arguments[++index];
                continue;
            }

            chosen = [.. benchmarks.Where(b => b.Name == arguments[index])];
            if (chosen.Count == 0)
            {
                return false;
            }
        }

        return true;
    }
}
