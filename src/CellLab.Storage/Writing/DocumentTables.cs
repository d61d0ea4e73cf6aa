using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Samples;
using CellLab.Core.Storage;
using CellLab.Storage.Json;
using CellLab.Storage.Sqlite;

namespace CellLab.Storage.Writing;

/// <summary>Stores rows that replace the row of their key. A segment's progress, which changes with every commit, stands in a narrow table of
/// its own: many channels' progress shares a page.</summary>
internal sealed class DocumentTables(Database database)
{
    private readonly Dictionary<(JobId Job, int Index), (long Id, Segment Body)> _segments = [];
    private readonly Statement _job = database.Prepare(
        "INSERT INTO jobs (id, state, sample, body) VALUES (?, ?, ?, ?) "
        + "ON CONFLICT (id) DO UPDATE SET state = excluded.state, sample = excluded.sample, body = excluded.body");

    private readonly Statement _archive = database.Prepare("SELECT folder FROM archives WHERE job = ?");
    private readonly Statement _segment = database.Prepare(
        "INSERT INTO segments (job, segment, body) VALUES (?, ?, ?) "
        + "ON CONFLICT (job, segment) DO UPDATE SET body = excluded.body RETURNING id");

    private readonly Statement _progress = database.Prepare("REPLACE INTO progress VALUES (?, ?, ?, ?)");
    private readonly Statement _stepTime = database.Prepare("REPLACE INTO step_time VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    private readonly Statement _intent = database.Prepare("REPLACE INTO intents VALUES (?, ?, ?)");
    private readonly Statement _alarm = database.Prepare("REPLACE INTO alarms VALUES (?, ?, ?)");
    private readonly Statement _sample = database.Prepare("INSERT INTO samples VALUES (?, ?, ?)");

    /// <exception cref="JobArchivedException">Its rows are not here: it cannot go on.</exception>
    public void Store(Job job)
    {
        _archive.Bind(1, job.Id.Value);
        if (_archive.Step())
        {
            string folder = _archive.Text(0);
            _archive.Reset();
            throw new JobArchivedException(job.Id, folder);
        }

        _job.Bind(1, job.Id.Value);
        _job.Bind(2, job.State.ToString());
        _job.Bind(3, job.Sample);
        _job.Bind(4, StorageJson.Write(job));
        _job.Execute();
    }

    public void Store(Segment segment)
    {
        _progress.Bind(1, IdOf(segment));
        _progress.Bind(2, segment.LastSequence);
        _progress.Bind(3, segment.ResumeToken);
        _progress.Bind(4, segment.EngineToken);
        _progress.Execute();
    }

    public void Store(StartIntent intent)
    {
        _intent.Bind(1, intent.Job.Value);
        _intent.Bind(2, intent.Segment);
        _intent.Bind(3, StorageJson.Write(intent));
        _intent.Execute();
    }

    public void Store(Alarm alarm)
    {
        _alarm.Bind(1, alarm.Id);
        _alarm.Bind(2, alarm.IsOver ? 1L : 0L);
        _alarm.Bind(3, StorageJson.Write(alarm));
        _alarm.Execute();
    }

    public void Store(Sample sample)
    {
        _sample.Bind(1, sample.Name);
        _sample.Bind(2, sample.Version);
        _sample.Bind(3, StorageJson.Write(sample));
        _sample.Execute();
    }

    public void Store(StoredStepTime item)
    {
        _stepTime.Bind(1, item.Job.Value);
        _stepTime.Bind(2, item.Stream);
        _stepTime.Bind(3, item.Segment);
        _stepTime.Bind(4, item.Step.StepCount);
        _stepTime.Bind(5, item.Step.StepId);
        _stepTime.Bind(6, item.Step.StartSeconds);
        _stepTime.Bind(7, item.Step.DurationSeconds);
        _stepTime.Bind(8, item.Step.FirstRecord);
        _stepTime.Bind(9, item.Step.LastRecord);
        _stepTime.Execute();
    }

    /// <summary>After a rollback nothing that was remembered holds.</summary>
    public void Forget() => _segments.Clear();

    private long IdOf(Segment segment)
    {
        Segment body = segment with { ResumeToken = null, EngineToken = null, LastSequence = 0 };
        if (_segments.TryGetValue((segment.Job, segment.Index), out (long Id, Segment Body) known) && known.Body == body)
        {
            return known.Id;
        }

        _segment.Bind(1, segment.Job.Value);
        _segment.Bind(2, segment.Index);
        _segment.Bind(3, StorageJson.Write(body));
        _segment.Step();
        long id = _segment.Integer(0);
        _segment.Reset(); // the row was stored by the first step
        _segments[(segment.Job, segment.Index)] = (id, body);
        return id;
    }
}
