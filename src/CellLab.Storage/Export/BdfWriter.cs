using CellLab.Core.Cycles;
using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Storage;

namespace CellLab.Storage.Export;

/// <summary>The second pass over the rows: one line each, sums since the test began.</summary>
internal sealed class BdfWriter(IJournal journal, Job job, string stream, JobOutline outline)
{
    private readonly double _gapSeconds = OutlineBuilder.GapSecondsOf(job);
    private TwoWay _capacityBefore;
    private TwoWay _energyBefore;
    private StepCharge? _charge;
    private StepKey _key;
    private long _recordInStep;

    public async Task WriteAsync(Stream target, CancellationToken cancellationToken)
    {
        await using var line = new CsvLine(target);
        foreach (string label in BdfColumns.Labels)
        {
            line.Text(label);
        }

        await line.EndAsync(cancellationToken);
        await foreach (RecordRow row in RecordPages.ReadAsync(journal, job.Id, stream, outline.Rows, cancellationToken))
        {
            Follow(row);
            Write(line, row);
            await line.EndAsync(cancellationToken);
        }

        await line.FlushAsync(cancellationToken);
    }

    private void Follow(RecordRow row)
    {
        if (_charge is not null && _key == StepKey.Of(row))
        {
            _charge.Add(row.Record);
            _recordInStep++;
            return;
        }

        EndStep();
        _key = StepKey.Of(row);
        _charge = new StepCharge(row.Record, _gapSeconds);
        _recordInStep = 1;
    }

    private void EndStep()
    {
        if (_charge is null)
        {
            return;
        }

        if (outline.Steps[_key].DurationSeconds is { } duration)
        {
            _charge.EndAt(duration);
        }

        _capacityBefore += _charge.Capacity.Value;
        _energyBefore += _charge.Energy.Value;
    }

    private void Write(CsvLine line, RecordRow row)
    {
        InstrumentRecord record = row.Record;
        StepFacts step = outline.Steps[_key];
        TwoWay capacity = _capacityBefore + _charge!.Capacity.Value;
        TwoWay energy = _energyBefore + _charge.Energy.Value;
        line.Seconds(step.StartSeconds + record.StepTimeSeconds).Value(record.VoltageVolts).Value(record.CurrentAmperes)
            .UnixSeconds(record.TakenAtUtc).Integer(step.Cycle).Integer(step.StepCount)
            .Text(null) // no channel measures the room yet
            .Integer(record.StepId).Text(BdfStepTypes.Of(step.Kind, step.Direction)).Seconds(record.StepTimeSeconds)
            .Integer(_recordInStep).Integer(row.Sequence)
            .Value(capacity.Charge).Value(capacity.Discharge).Value(energy.Charge).Value(energy.Discharge)
            .Integer(record.InstrumentCycle).Text(row.Block).Integer(row.Pass);
    }
}
