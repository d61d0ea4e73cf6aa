using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Core.Programs;
using CellLab.Engine.Control;
using CellLab.Engine.Desk;
using CellLab.Engine.Observing;
using CellLab.Engine.Setup;

namespace CellLab.Engine.Stages;

/// <summary>Whether the steps of a job that are not the cycler's can be done in its pipeline.</summary>
internal sealed class StageCheck(PipelineBook pipelines, StageDesk desk, JobObservers observers, IDeviceLanes lanes)
{
    /// <exception cref="DeskRefusedException">One cannot; the message names the step and the remedy.</exception>
    public void Require(Job job, ChannelAddress channel)
    {
        string[] refusals =
        [
            .. job.Program.Steps.OfType<OtherInstrumentStep>().Concat(job.Program.Beside.Select(beside => beside.Step))
                .Select(step => Refusal(job, channel, step)).OfType<string>().Distinct(),
        ];
        if (refusals.Length > 0)
        {
            throw new DeskRefusedException(string.Join("; ", refusals), "protocol");
        }
    }

    private string? Refusal(Job job, ChannelAddress cycler, OtherInstrumentStep step)
    {
        string it = $"step {step.Number} ('{step.Kind}')";
        if (pipelines.Of(job.Pipeline, cycler) is not { } pipeline)
        {
            return $"{it} needs {step.Needs}, and no pipeline of the configuration has {cycler} as its cycler";
        }

        string? refusal = Instrument(step, pipeline);
        if (refusal is null)
        {
            refusal = step.StopsCycler
                ? desk.WorkFor(step) is { } work ? work.Refusal(step, pipeline) : "the service does no such step; remove it"
                : observers.Refusal(step, pipeline);
        }

        return refusal is null ? null : $"{it}: {refusal}";
    }

    private string? Instrument(OtherInstrumentStep step, PipelineSpec pipeline)
    {
        if (step.Role == OtherInstrumentStep.Person)
        {
            return null;
        }

        if (!pipeline.Roles.TryGetValue(step.Role, out ChannelAddress channel))
        {
            return $"it needs role {step.Role}, pipeline {pipeline.Id} has none; choose a pipeline with that role, or remove the step";
        }

        return lanes.Find(channel.Device) switch
        {
            { State: DeviceState.Online } => null,
            { State: DeviceState.Degraded } unwell when unwell.Capability<IGasAnalyzer>() is not null => null, // a tripped source is told, and mended, before the job starts
            { LastError: { } error } supervisor => $"it needs {channel}, and device {channel.Device} is {supervisor.State} ({error}); mend that first",
            { State: var state } => $"it needs {channel}, and device {channel.Device} is {state}; mend that first",
            null => $"it needs {channel}, and there is no device {channel.Device}",
        };
    }
}
