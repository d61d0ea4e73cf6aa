using System.Diagnostics;
using CellLab.Core.Protocols;

namespace CellLab.Benchmarks;

/// <summary>What a submit does with a protocol's text: reading, checking, compiling. Processor time, the first run apart, because it compiles code too.</summary>
internal sealed class ProtocolLoadBenchmark : IBenchmark
{
    private const int Runs = 200;

    public string Name => "protocol-load";

    public string Summary => $"{LibraryProtocols.Life} read, checked and compiled, first run and mean of {Runs}";

    public Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        string text = LibraryProtocols.Text();
        using Process self = Process.GetCurrentProcess();
        double first = Seconds(self, 1, text);
        double mean = Seconds(self, Runs, text) / Runs;
        return Task.FromResult<IReadOnlyList<Figure>>([new Figure("first_ms", first * 1e3), new Figure("mean_ms", mean * 1e3)]);
    }

    private static double Seconds(Process self, int runs, string text)
    {
        self.Refresh();
        TimeSpan begin = self.TotalProcessorTime;
        for (int i = 0; i < runs; i++)
        {
            if (!ProtocolCheck.Of(LibraryProtocols.Life, text, LibraryProtocols.Base).Valid)
            {
                throw new InvalidOperationException($"{LibraryProtocols.Life} is not valid");
            }

            _ = LibraryProtocols.Compile(text);
        }

        self.Refresh();
        return (self.TotalProcessorTime - begin).TotalSeconds;
    }
}
