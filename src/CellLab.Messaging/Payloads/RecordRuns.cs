using CellLab.Core.Jobs;
using CellLab.Core.Records;

namespace CellLab.Messaging.Payloads;

/// <summary>Sorts rows into runs of one job and stream; pure.</summary>
public static class RecordRuns
{
    /// <returns>Runs in the order of their first row; within a run the order of the rows is kept.</returns>
    public static IReadOnlyList<IReadOnlyList<RecordRow>> Split(IReadOnlyList<RecordRow> rows)
    {
        var runs = new List<IReadOnlyList<RecordRow>>();
        var byStream = new Dictionary<(JobId, string), List<RecordRow>>();
        foreach (RecordRow row in rows)
        {
            if (!byStream.TryGetValue((row.Job, row.Stream), out List<RecordRow>? run))
            {
                run = [];
                byStream.Add((row.Job, row.Stream), run);
                runs.Add(run);
            }

            run.Add(row);
        }

        return runs;
    }
}
