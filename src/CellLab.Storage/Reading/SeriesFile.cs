using CellLab.Core.Jobs;
using CellLab.Core.Series;
using CellLab.Storage.Moving;
using CellLab.Storage.Schema;
using CellLab.Storage.Sqlite;

namespace CellLab.Storage.Reading;

/// <summary>Reads runs and points out of one job's file.</summary>
internal static class SeriesFile
{
    private const string HasRuns = "SELECT count(*) FROM sqlite_schema WHERE name = 'runs'";

    /// <summary>Runs that touch the time; and up to which record the file's runs go, 0 without any.</summary>
    public static (List<RecordRun> Runs, long LastSequence) ReadRuns(string folder, JobId job, string stream, double fromSeconds, double toSeconds)
    {
        var runs = new List<RecordRun>();
        using JobFile? file = OpenWithRuns(folder, job);
        if (file is null)
        {
            return (runs, 0);
        }

        using Statement query = file.Database.Prepare($"SELECT {RunsSchema.Columns} FROM runs WHERE stream = ? AND end_s >= ? AND start_s <= ? ORDER BY run");
        query.Bind(1, stream);
        query.Bind(2, fromSeconds);
        query.Bind(3, toSeconds);
        while (query.Step())
        {
            runs.Add(Run(query));
        }

        return (runs, LastOf(file, stream));
    }

    /// <summary>The records of the file with these numbers.</summary>
    public static List<RecordPoint> ReadPoints(string folder, JobId job, string stream, long firstSequence, long lastSequence)
    {
        var points = new List<RecordPoint>();
        using JobFile? file = JobFile.OpenToRead(folder, job);
        if (file is null)
        {
            return points;
        }

        using Statement query = file.Database.Prepare(
            "SELECT seq, test_time_s, voltage_v, current_a, cycle_count, step_count, step_capacity_ah FROM records WHERE stream = ? AND seq BETWEEN ? AND ? ORDER BY seq");
        query.Bind(1, stream);
        query.Bind(2, firstSequence);
        query.Bind(3, lastSequence);
        while (query.Step())
        {
            points.Add(new RecordPoint(
                query.Integer(0), query.Real(1), query.Real(2), query.Real(3), (int)query.Integer(4), (int)query.Integer(5), query.RealOrNull(6)));
        }

        return points;
    }

    /// <summary>A file of an earlier version gets its runs when it is first looked at; that takes some seconds for millions of records, once.</summary>
    private static JobFile? OpenWithRuns(string folder, JobId job)
    {
        JobFile? file = JobFile.OpenToRead(folder, job);
        if (file is null || file.Database.Scalar(HasRuns) == "1")
        {
            return file;
        }

        file.Dispose();
        return JobFile.OpenToAppend(folder, job);
    }

    private static long LastOf(JobFile file, string stream)
    {
        using Statement last = file.Database.Prepare("SELECT last_seq FROM runs WHERE stream = ? ORDER BY run DESC LIMIT 1");
        last.Bind(1, stream);
        return last.Step() ? last.Integer(0) : 0;
    }

    private static RecordRun Run(Statement row) => new(
        row.Integer(0), row.Integer(1), row.Real(2), row.Real(3), row.Real(4), new Extremes(row.Real(5), row.Real(6), row.Real(7), row.Real(8)),
        new Extremes(row.Real(9), row.Real(10), row.Real(11), row.Real(12)), (int)row.Integer(13), (int)row.Integer(14));
}
