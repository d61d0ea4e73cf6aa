using CellLab.CellModel;
using CellLab.HardwareSim.Cells;
using CellLab.HardwareSim.Neware.Program;
using CellLab.HardwareSim.Neware.Running;

namespace CellLab.Tests.HardwareSim.Neware;

/// <summary>One test on one cell, without wires.</summary>
internal sealed class LoneTest
{
    public LoneTest(BtsProgram program, string material = "LMNO", bool exact = true, ulong seed = 5, double cap = 1e9)
    {
        Cell = new SimulatedCell(Materials.Get(material), 1);
        Meter = new Meter(exact, seed);
        Test = new BtsTest(1, "cell", program, 0);
        Run = new TestRun(Test, Cell, Meter, cap);
    }

    public SimulatedCell Cell { get; }

    public Meter Meter { get; }

    public BtsTest Test { get; }

    public TestRun Run { get; }

    public IReadOnlyList<BtsRecord> RecordsOf(int executedStep) => [.. Test.Records.Where(r => r.Step == executedStep)];

    /// <summary>Runs to the end, at most a year of lab time.</summary>
    public LoneTest ToEnd()
    {
        Run.AdvanceTo(365 * 86400.0);
        return this;
    }
}
