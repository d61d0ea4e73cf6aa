using CellLab.CellModel;
using CellLab.HardwareSim.Cells;
using CellLab.HardwareSim.MethodScript.Electronics;
using CellLab.HardwareSim.MethodScript.Language;
using CellLab.HardwareSim.MethodScript.Running;

namespace CellLab.Tests.HardwareSim.MethodScript;

/// <summary>A script on a fresh cell, without wire and clock.</summary>
internal sealed class ScriptBench
{
    private ScriptRun? _run;

    public ScriptBench(string material = "LMNO", bool exact = true)
    {
        InstrumentModel model = InstrumentModel.All[0];
        Place = new CellPlace("c", new SimulatedCell(Materials.Get(material), 1));
        Terminals = new Terminals("p", Place, model.MaxAmperes);
        Context = new ScriptContext(
            model, Terminals, new Front(Terminals, model, exact, 1, _ => false), Lines.Add,
            mode => mode switch { 0 => RegulationMode.Off, 2 or 3 => RegulationMode.Potentiostat, 6 => RegulationMode.Galvanostat, _ => null });
    }

    public CellPlace Place { get; }

    public Terminals Terminals { get; }

    public ScriptContext Context { get; }

    public List<string> Lines { get; } = [];

    public ScriptRun Start(string text) => _run = new ScriptRun(ScriptParser.Parse(text.Split('\n')), Context, 0);

    public ScriptRun Run(string text)
    {
        Start(text).AdvanceTo(1e7);
        return _run!;
    }
}
