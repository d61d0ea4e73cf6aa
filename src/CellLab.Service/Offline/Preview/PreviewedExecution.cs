namespace CellLab.Service.Offline.Preview;

/// <summary>One executed step: the <paramref name="StepCount"/>-th of the test, step <paramref name="Step"/> of the program, and by what it ended at which voltage.</summary>
public sealed record PreviewedExecution(
    int StepCount,
    int Step,
    int Pass,
    double StartS,
    double DurationS,
    string End,
    double EndV);
