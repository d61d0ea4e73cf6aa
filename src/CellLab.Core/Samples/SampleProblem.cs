namespace CellLab.Core.Samples;

/// <summary>What is wrong with one value of a sample. <paramref name="Field"/> is the member's JSON name (<c>electrode_mass</c>).</summary>
public sealed record SampleProblem(string Field, string Message);

/// <summary>A sample, or every reason why it is not one.</summary>
public sealed record SampleResult(Sample? Sample, IReadOnlyList<SampleProblem> Problems);
