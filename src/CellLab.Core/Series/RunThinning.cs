namespace CellLab.Core.Series;

/// <summary>Puts runs together until there are few enough to draw. Lowest and highest values are never lost: a spike of one record among millions
/// stands in the run that it fell into.</summary>
public static class RunThinning
{
    /// <summary>Runs that begin in the same of <paramref name="parts"/> equal parts of the time become one; so there are at most
    /// <paramref name="parts"/> of them.</summary>
    /// <param name="runs">In order, without gap in the sequence numbers.</param>
    public static IReadOnlyList<RecordRun> Thin(IReadOnlyList<RecordRun> runs, int parts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parts, 1);
        if (runs.Count <= parts)
        {
            return runs;
        }

        double from = runs[0].StartSeconds;
        double perPart = (runs[^1].StartSeconds - from) / parts;
        var thin = new List<RecordRun>(parts) { runs[0] };
        int part = 0;
        foreach (RecordRun run in runs.Skip(1))
        {
            // Test times may step back a little where a segment's start was corrected: a part is never entered twice.
            int here = perPart > 0 ? Math.Clamp((int)((run.StartSeconds - from) / perPart), part, parts - 1) : parts - 1;
            if (here == part)
            {
                thin[^1] = thin[^1].Then(run);
            }
            else
            {
                thin.Add(run);
            }

            part = here;
        }

        return thin;
    }
}
