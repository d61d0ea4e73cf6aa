namespace CellLab.SystemTests.Faults;

/// <summary>What came of one fault.</summary>
/// <param name="Said">Alarms and the job's own events, in their words.</param>
/// <param name="Problems">What must not be; empty when all is well.</param>
internal sealed record SweepRow(string Device, string Fault, string Outcome, string Said, IReadOnlyList<string> Problems)
{
    private const int LongestText = 260;

    /// <summary>One row of a Markdown table.</summary>
    public override string ToString() =>
        $"| `{Device}` | `{Fault}` | {Outcome} | {(Said.Length > LongestText ? Said[..LongestText] + " ..." : Said).Replace("|", "/", StringComparison.Ordinal)} |{(Problems.Count > 0 ? $" PROBLEM: {string.Join("; ", Problems)}" : "")}";
}
