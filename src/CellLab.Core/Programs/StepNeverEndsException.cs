using System.Globalization;

namespace CellLab.Core.Programs;

/// <summary>In a rehearsal a step reached none of its ends within the time allowed.</summary>
public sealed class StepNeverEndsException(ProgramStep step, double seconds)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"step {step.Number} reaches none of its ends within {seconds / 3600:0.#} h; give it a time end"))
{
    public ProgramStep Step { get; } = step;
}
