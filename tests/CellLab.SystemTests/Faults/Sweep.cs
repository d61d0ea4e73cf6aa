using CellLab.SystemTests.Harness;

namespace CellLab.SystemTests.Faults;

/// <summary>The job of one subject and those that look on; ends them all with itself, so that the bench is free for the next.</summary>
internal sealed class Sweep(FullBench bench, SweepSubject subject, BenchControl control) : IAsyncDisposable
{
    private readonly SweepJobs _jobs = new(bench, control);
    private readonly List<(SweepSubject Subject, string Job)> _witnesses = [];
    private string? _job;

    public async Task StartAsync()
    {
        foreach (SweepSubject witness in subject.Witnesses)
        {
            _witnesses.Add((witness, await _jobs.StartAsync(witness)));
        }
    }

    public async Task<SweepRow> ThrowAsync(string fault, bool onChannel)
    {
        _job = _job is null ? await _jobs.StartAsync(subject) : await _jobs.KeepAsync(subject, _job);
        return await new FaultThrow(bench.Lab, control, subject, _job, [.. _witnesses.Select(witness => witness.Job)]).RunAsync(fault, onChannel);
    }

    public async ValueTask DisposeAsync()
    {
        foreach ((SweepSubject at, string job) in _job is null ? _witnesses : [.. _witnesses, (subject, _job)])
        {
            await _jobs.EndAsync(at, job);
        }
    }
}
