using CellLab.HardwareSim.Expected;

namespace CellLab.Cli.Demo;

/// <summary>What a demo runs: a bench and the jobs on it.</summary>
internal sealed record DemoPlan(string Bench, IReadOnlyList<DemoJob> Jobs)
{
    private static readonly string[] s_materials = ["LMNO", "LMNPO-VO"];

    /// <summary>Two cells, one cycle at 0.1C and the rate map.</summary>
    /// <param name="protocol">Another protocol than the rate map; then only the rates that it runs are compared.</param>
    public static DemoPlan Rates(DemoFolder folder, string? protocol) => new(folder.BenchFile("demo"),
    [
        .. s_materials.Select((material, index) => new DemoJob(
            material, material, $"coin-{index + 1}", "coin", protocol ?? folder.ProtocolFile("rate-map.json"),
            answers => new DemoFigures(DemoResults.Compare(ExpectedCell.Of(material), answers.Cycles, protocol is null), []))),
    ]);

    /// <summary>Four cells: both materials, 200 cycles at 1C and 400 at 5C, and impedance after.</summary>
    public static DemoPlan Life(DemoFolder folder) => new(folder.BenchFile("demo-life"),
    [
        .. s_materials.SelectMany((material, index) => (DemoJob[])
        [
            Of(folder, material, $"life-1c-{index + 1}", "demo-life-1c.yaml", "1C", ExpectedLife.At1C(material)),
            Of(folder, material, $"life-5c-{index + 1}", "demo-life-5c.yaml", "5C", ExpectedLife.At5C(material)),
        ]),
    ]);

    /// <summary>The paper's experiment: of each material one cell in the gas flow (impedance, gas, rate map) and one in the beam.</summary>
    public static DemoPlan Operando(DemoFolder folder) => new(folder.BenchFile("demo-operando"),
    [
        .. s_materials.SelectMany((material, index) => (DemoJob[])
        [
            new DemoJob($"{material}-DEMS", material, $"dems-{index + 1}", "dems-flow", folder.ProtocolFile("demo-dems.yaml"), answers => OperandoResults.Flow(answers, material)),
            new DemoJob($"{material}-XRD", material, $"xrd-{index + 1}", "xrd-window", folder.ProtocolFile("demo-xrd.yaml"), answers => OperandoResults.Beam(answers, material)),
        ]),
    ]);

    private static DemoJob Of(DemoFolder folder, string material, string pipeline, string protocol, string rate, ExpectedLife expected) => new(
        $"{material}-{rate}", material, pipeline, "coin", folder.ProtocolFile(protocol), answers => LifeResults.Of(answers, expected));
}
