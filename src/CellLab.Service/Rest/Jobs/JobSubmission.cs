using CellLab.Core.Documents;
using CellLab.Core.Jobs;
using CellLab.Core.Programs;
using CellLab.Core.Protocols;
using CellLab.Core.Samples;
using CellLab.Core.Time;
using CellLab.Engine.Desk;
using CellLab.Service.Options;

namespace CellLab.Service.Rest.Jobs;

/// <summary>Makes a job of a request, by the same code that checks protocols offline. Everything is checked before anything is stored.</summary>
internal sealed class JobSubmission(ServiceConfiguration configuration, SampleChoice samples, IExperimentDesk desk, Clocks clocks)
{
    public async Task<JobAccepted> SubmitAsync(JobId id, JobRequest request, string who, CancellationToken cancellationToken)
    {
        string pipeline = Pipeline(request);
        string? acceptOcv = request.AcceptOcv is { } reason ? Bounds.Text("accept_ocv", reason, RestLimits.MaxReasonLength) : null;
        (Sample sample, bool isNew) = await samples.ChooseAsync(request, who, cancellationToken);
        (CellProgram program, IReadOnlyList<Finding> warnings) = Compile(request, sample);
        Job submitted = await desk.SubmitAsync(
            new Job
            {
                Id = id,
                Sample = sample.Name,
                SampleVersion = sample.Version,
                Pipeline = pipeline,
                ProtocolName = program.Name,
                ProtocolText = request.Protocol!,
                ProtocolSettings = request.Set,
                Base = sample.Base,
                Program = program,
                SubmittedAtUtc = clocks.Lab.GetUtcNow(),
                SubmittedBy = who,
                AcceptOcvReason = acceptOcv,
            },
            isNew ? sample : null,
            cancellationToken);
        return new JobAccepted(submitted.Id.Value, [.. warnings.Select(warning => warning.ToString())]);
    }

    private string Pipeline(JobRequest request)
    {
        string id = Bounds.Text("pipeline", request.Pipeline, RestLimits.MaxNameLength);
        return configuration.FindPipeline(id) is not null
            ? id
            : throw RestProblemException.Invalid(
                "pipeline", $"There is no pipeline '{id}'.", $"Configured: {string.Join(", ", configuration.Pipelines.Select(known => known.Id))}.");
    }

    private static (CellProgram Program, IReadOnlyList<Finding> Warnings) Compile(JobRequest request, Sample sample)
    {
        string name = Bounds.Text("protocol_name", request.ProtocolName, RestLimits.MaxReasonLength);
        string text = request.Protocol ?? throw RestProblemException.Invalid("protocol", "protocol is missing.", "Send the text of the protocol.");
        ProtocolReading reading = ProtocolReader.Read(name, text, Settings(request));
        Protocol protocol = reading.Protocol ?? throw Refused(reading.Errors);
        Compilation compilation = ProgramCompiler.Compile(protocol, sample.Base);
        return (compilation.Program ?? throw Refused(compilation.Errors), [.. reading.Warnings, .. compilation.Warnings]);
    }

    private static IReadOnlyDictionary<string, string>? Settings(JobRequest request)
    {
        foreach ((string name, string value) in request.Set ?? new Dictionary<string, string>())
        {
            Bounds.Text($"set.{name}", value, RestLimits.MaxNameLength);
        }

        return request.Set;
    }

    private static RestProblemException Refused(IReadOnlyList<Finding> errors) => new(
        StatusCodes.Status422UnprocessableEntity, errors[0].ToString(), "protocol",
        errors.Count > 1 ? $"{errors.Count} errors were found; 'protocol check' lists them all." : "Correct the protocol at that place.")
    {
        Errors = errors,
    };
}
