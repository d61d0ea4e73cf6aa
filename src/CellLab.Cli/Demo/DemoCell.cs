using CellLab.HardwareSim.Expected;

namespace CellLab.Cli.Demo;

/// <summary>One cell of the demo. The bench's cell of the same material stands in the pipeline.</summary>
internal sealed record DemoCell(string Sample, string Pipeline, ExpectedCell Expected);
