using System.Diagnostics;
using CellLab.Core.Programs;
using CellLab.Service.Offline.Preview;

namespace CellLab.Benchmarks;

/// <summary>The rehearsal of 400 cycles on the cell model, as <c>protocol preview</c> does it; processor time.</summary>
internal sealed class DryRunBenchmark : IBenchmark
{
    private const int Runs = 5;

    public string Name => "dry-run-400";

    public string Summary => $"{LibraryProtocols.Life} played on each simulated cell, first run and best of {Runs}";

    public Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        CellProgram program = LibraryProtocols.Compile(LibraryProtocols.Text());
        var figures = new List<Figure>();
        using Process self = Process.GetCurrentProcess();
        foreach (string cell in ProtocolRehearsal.Cells)
        {
            double[] seconds = [.. Enumerable.Range(0, Runs + 1).Select(_ => Seconds(self, program, cell, cancellationToken))];
            string name = cell.ToLowerInvariant().Replace('-', '_');
            figures.Add(new Figure($"{name}_first_ms", seconds[0] * 1e3));
            figures.Add(new Figure($"{name}_best_ms", seconds.Skip(1).Min() * 1e3));
        }

        return Task.FromResult<IReadOnlyList<Figure>>(figures);
    }

    private static double Seconds(Process self, CellProgram program, string cell, CancellationToken cancellationToken)
    {
        self.Refresh();
        TimeSpan begin = self.TotalProcessorTime;
        _ = ProtocolRehearsal.Play(program, new RehearsalSetup { Cell = cell, Base = LibraryProtocols.Base }, cancellationToken);
        self.Refresh();
        return (self.TotalProcessorTime - begin).TotalSeconds;
    }
}
