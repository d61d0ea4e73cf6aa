namespace CellLab.HardwareSim.Land;

/// <summary>Where a program stands: its step, by number from 1, and the passes of its loops.</summary>
internal sealed class LandCounter(LandBenchProgram program)
{
    private readonly Dictionary<int, int> _passes = [];

    public int Number { get; private set; }

    /// <summary>From 0: how often any loop has gone back.</summary>
    public int Cycle { get; private set; }

    /// <summary>Goes to the next step that does something to the cell; null at the end.</summary>
    public LandBenchStep? Next()
    {
        for (Number++; Number <= program.Steps.Count; Number++)
        {
            LandBenchStep step = program.Steps[Number - 1];
            if (step.Kind != "loop")
            {
                return step;
            }

            int passes = _passes.GetValueOrDefault(Number) + 1;
            _passes[Number] = passes < step.Passes ? passes : 0;
            if (passes < step.Passes)
            {
                Cycle++;
                Number = step.To - 1;
            }
        }

        return null;
    }
}
