namespace CellLab.Service.Offline.Preview;

/// <summary>One step of the program as the rehearsal saw it over all its passes. Durations are those of the first pass and of all together; the end is
/// the first pass's. <paramref name="CurrentMa"/> is null for steps that do not set a current.</summary>
public sealed record PreviewedStep(
    int Step,
    string Block,
    string Kind,
    double? CurrentMa,
    int Passes,
    double FirstDurationS,
    double TotalDurationS,
    string FirstEnd,
    double FirstEndV,
    long Records);
