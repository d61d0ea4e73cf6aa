using CellLab.HardwareSim.Neware.Program;

namespace CellLab.HardwareSim.Neware.Running;

/// <summary>Where the program stands: which step comes next, through loops, and the instrument's own cycle number (one more at every loop step reached).</summary>
internal sealed class ProgramCounter(BtsProgram program)
{
    private readonly Dictionary<int, int> _passes = [];

    public int Cycle { get; private set; } = 1;

    /// <summary>The step that runs at or after this number.</summary>
    public BtsStep Resolve(int id)
    {
        BtsStep step = program[id];
        while (step.Type == BtsStepType.Loop)
        {
            step = program[AfterLoop(step)];
        }

        return step;
    }

    private int AfterLoop(BtsStep loop)
    {
        Cycle++;
        int passes = _passes.GetValueOrDefault(loop.Id) + 1;
        bool again = passes < loop.LoopPasses;
        _passes[loop.Id] = again ? passes : 0;
        return again ? loop.LoopTo : loop.Id + 1;
    }
}
