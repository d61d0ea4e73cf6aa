using System.Text.Json.Nodes;
using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Records;

namespace CellLab.Storage.Export;

/// <summary>Block <c>extras</c>: what the standard has no place for.</summary>
internal sealed class SidecarExtras(ExportContext context, ExportSubject subject, JobOutline outline)
{
    private readonly Job _job = subject.Job;

    public JsonObject Build() => new()
    {
        ["software"] = new JsonObject { ["name"] = "CellLab", ["version"] = context.SoftwareVersion, ["commit"] = context.Commit },
        ["sample"] = Sample(),
        ["c_rate_base"] = new JsonObject
        {
            ["nominal_capacity_mah_g"] = _job.Base.MilliampereHoursPerGram,
            ["active_mass_mg"] = _job.Base.ActiveMassMilligrams,
            ["current_of_1c_a"] = _job.Base.OneCAmperes,
        },
        ["clock"] = new JsonObject
        {
            ["lab_speed"] = context.Clock.LabSpeed,
            ["synchronised"] = context.Clock.Synchronised,
            ["error_bound_s"] = context.Clock.ErrorBoundSeconds,
        },
        ["rows"] = outline.Rows,
        ["first_record_t_utc"] = UnixTime.Of(outline.First?.Record.TakenAtUtc),
        ["last_record_t_utc"] = UnixTime.Of(outline.Last?.Record.TakenAtUtc),
        ["charge_source"] = ChargeSource(outline.First?.Record),
        ["verdict"] = _job.Verdict?.ToText(),
        ["submitted_by"] = _job.SubmittedBy,
        ["accepted_ocv_reason"] = _job.AcceptOcvReason,
        ["protocol_text"] = _job.ProtocolText,
        ["segments"] = List(subject.Segments, Segment),
        ["gaps"] = List(outline.Gaps, Gap),
        ["resumes"] = List(subject.Segments.Skip(1), Segment),
        ["streams"] = List(subject.Companions, Stream),
        ["alarms"] = List(subject.Alarms, Alarm),
        ["events"] = List(subject.Events, Event),
        ["own_columns"] = new JsonObject
        {
            ["instrument_cycle"] = "cycle as the instrument counts it",
            ["block"] = "block of the program",
            ["pass"] = "pass of that block, from 1",
        },
    };

    private static string? ChargeSource(InstrumentRecord? first) =>
        first is null ? null : first.StepCapacityAmpereHours is null ? "integral of the current" : "counters of the instrument";

    private static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode> view) => new([.. items.Select(view)]);

    private JsonObject? Sample() => subject.Sample is not { } sample ? null : new JsonObject
    {
        ["version"] = sample.Version,
        ["active_mass_mg"] = sample.ActiveMassMilligrams,
        ["weighed_by"] = sample.RecordedBy,
        ["recorded_t_utc"] = UnixTime.Of(sample.RecordedAtUtc),
        ["electrode_mass_mg"] = sample.ElectrodeMassMilligrams,
        ["foil_mass_mg"] = sample.FoilMassMilligrams,
        ["active_fraction"] = sample.ActiveFraction,
        ["diameter_mm"] = sample.DiameterMillimetres,
        ["electrode_area_cm2"] = sample.DiameterMillimetres is { } diameter ? Math.PI * diameter * diameter / 400 : null,
        ["nominal_capacity_mah_g"] = sample.NominalCapacityMilliampereHoursPerGram,
        ["accepted_capacity_reason"] = sample.AcceptedCapacityReason,
        ["leading_direction"] = sample.Leading.ToString().ToLowerInvariant(),
        ["holder"] = sample.Holder,
        ["group"] = sample.Group,
        ["material"] = sample.Material,
        ["formula"] = sample.Formula,
    };

    private static JsonObject Segment(Segment segment) => new()
    {
        ["segment"] = segment.Index,
        ["channel"] = segment.Channel.ToString(),
        ["device_test_id"] = segment.TestId,
        ["barcode"] = segment.Barcode,
        ["started_t_utc"] = UnixTime.Of(segment.StartedAtUtc),
        ["ended_t_utc"] = UnixTime.Of(segment.EndedAtUtc),
        ["test_time_offset_s"] = segment.TestTimeOffsetSeconds,
    };

    private static JsonObject Stream(CompanionFacts stream) => new()
    {
        ["stream"] = stream.Stream,
        ["rows"] = stream.Rows,
        ["first_t_utc"] = UnixTime.Of(stream.FirstUtc),
        ["last_t_utc"] = UnixTime.Of(stream.LastUtc),
        ["phases"] = List(stream.Phases, phase => new JsonObject
        {
            ["phase"] = phase.Name, ["from_test_time_s"] = phase.FromSeconds, ["to_test_time_s"] = phase.ToSeconds, ["rows"] = phase.Rows,
        }),
    };

    private static JsonObject Gap(GapFact gap) => new()
    {
        ["step_count"] = gap.StepCount,
        ["after_record"] = gap.AfterRecord,
        ["from_step_time_s"] = gap.FromStepSeconds,
        ["to_step_time_s"] = gap.ToStepSeconds,
    };

    private static JsonObject Alarm(Alarm alarm) => new()
    {
        ["id"] = alarm.Id,
        ["severity"] = alarm.Severity.ToString().ToLowerInvariant(),
        ["text"] = alarm.Text,
        ["raised_t_utc"] = UnixTime.Of(alarm.RaisedAtUtc),
        ["active"] = alarm.Active,
        ["acknowledged_by"] = alarm.AcknowledgedBy,
    };

    private static JsonObject Event(JobEvent item) => new()
    {
        ["t_utc"] = UnixTime.Of(item.AtUtc),
        ["kind"] = item.Kind,
        ["text"] = item.Text,
    };
}
