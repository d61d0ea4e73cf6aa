using CellLab.Core.Documents;
using CellLab.Core.Jobs;
using CellLab.Core.Programs;
using CellLab.Core.Protocols;
using CellLab.Core.Samples;
using CellLab.Core.Time;
using CellLab.Engine.Desk;
using CellLab.Service.Offline;
using CellLab.Service.Options;

namespace CellLab.Service.Rest.Jobs;

/// <summary>Makes a job of a request, by the same code that checks protocols offline. Everything is checked before anything is stored.</summary>
internal sealed class JobSubmission(ServiceConfiguration configuration, SampleChoice samples, IExperimentDesk desk, Clocks clocks)
{
    public async Task<JobAccepted> SubmitAsync(JobId id, JobRequest request, string who, CancellationToken cancellationToken)
    {
        PipelineEntry pipeline = Pipeline(request);
        string? acceptOcv = request.AcceptOcv is { } reason ? Bounds.Text("accept_ocv", reason, RestLimits.MaxReasonLength) : null;
        DateTimeOffset? notBefore = StartTime.Read(request.At, clocks.Lab.GetUtcNow());
        (Sample sample, bool isNew) = await samples.ChooseAsync(request, pipeline.Holder, who, cancellationToken);
        CompileOptions options = CompileOptions.For(ConfiguredChannels.CapabilityOf(configuration, pipeline)) with { Pipeline = ConfiguredChannels.RolesOf(pipeline), AcceptsLosses = request.AcceptLosses };
        (CellProgram program, IReadOnlyList<Finding> warnings) = Compile(request, sample, options);
        Job submitted = await desk.SubmitAsync(
            new Job
            {
                Id = id,
                Sample = sample.Name,
                SampleVersion = sample.Version,
                Pipeline = pipeline.Id,
                ProtocolName = program.Name,
                ProtocolText = request.Protocol!,
                ProtocolSettings = request.Set,
                Base = sample.Base,
                Program = program,
                SubmittedAtUtc = clocks.Lab.GetUtcNow(),
                SubmittedBy = who,
                AcceptOcvReason = acceptOcv,
                NotBeforeUtc = notBefore,
                MayQueue = request.Queue,
                Leading = sample.Leading,
                Formula = sample.Formula,
            },
            isNew ? sample : null,
            cancellationToken);
        return new JobAccepted(submitted.Id.Value, [.. warnings.Select(warning => warning.ToString())]);
    }

    private PipelineEntry Pipeline(JobRequest request) => PipelineChoice.Find(configuration, Bounds.Text("pipeline", request.Pipeline, RestLimits.MaxNameLength));

    private static (CellProgram Program, IReadOnlyList<Finding> Warnings) Compile(
        JobRequest request, Sample sample, CompileOptions options)
    {
        string name = Bounds.Text("protocol_name", request.ProtocolName, RestLimits.MaxReasonLength);
        string text = request.Protocol ?? throw RestProblemException.Invalid("protocol", "protocol is missing.", "Send the text of the protocol.");
        ProtocolReading reading = ProtocolSource.Read(name, text, Settings(request));
        Protocol protocol = reading.Protocol ?? throw ProtocolProblem.Of("protocol", ReadableParts.Errors(reading, sample.Base, options with { MassIsRegistered = true }));
        Compilation compilation = ProgramCompiler.Compile(protocol, sample.Base, options);
        return (compilation.Program ?? throw ProtocolProblem.Of("protocol", compilation.Errors), [.. reading.Warnings, .. compilation.Warnings]);
    }

    private static IReadOnlyDictionary<string, string>? Settings(JobRequest request)
    {
        foreach ((string name, string value) in request.Set ?? new Dictionary<string, string>())
        {
            Bounds.Text($"set.{name}", value, RestLimits.MaxNameLength);
        }

        return request.Set;
    }
}
