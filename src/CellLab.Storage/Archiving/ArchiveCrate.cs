using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CellLab.Core.Jobs;
using CellLab.Storage.Export;

namespace CellLab.Storage.Archiving;

/// <summary>The archive described after RO-Crate 1.1 (<see href="https://w3id.org/ro/crate/1.1"/>): the files, the test as an action with its instrument,
/// the cell, who asked for it. What nobody knows is absent.</summary>
internal sealed class ArchiveCrate(ArchiveOrder order, IReadOnlyList<ArchivedFile> files, DateTimeOffset now)
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Job _job = order.Job;

    private string Person => "#person-" + Uri.EscapeDataString(_job.SubmittedBy);

    private string Cell => "#sample-" + Uri.EscapeDataString(_job.Sample);

    public string Text() => new JsonObject
    {
        ["@context"] = new JsonArray("https://w3id.org/ro/crate/1.1/context", new JsonObject { ["sha256"] = "https://schema.org/sha256" }),
        ["@graph"] = new JsonArray([Descriptor(), Root(), .. files.Select(File), Manifest(), Action(), Sample(), .. Figures(), .. order.Context.Devices.Where(IsUsed).Select(Instrument), Author(), Software()]),
    }.ToJsonString(s_json) + "\n";

    private static JsonObject Reference(string id) => new() { ["@id"] = id };

    private static string Iso(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static JsonObject Descriptor() => new()
    {
        ["@id"] = ArchiveNames.Crate,
        ["@type"] = "CreativeWork",
        ["conformsTo"] = Reference("https://w3id.org/ro/crate/1.1"),
        ["about"] = Reference("./"),
    };

    private JsonObject Root() => new()
    {
        ["@id"] = "./",
        ["@type"] = "Dataset",
        ["identifier"] = _job.Id.Value,
        ["name"] = $"{_job.ProtocolName} on {_job.Sample}",
        ["description"] = $"Battery test {_job.Id} of sample {_job.Sample}, protocol {_job.ProtocolName}, pipeline {_job.Pipeline}, site {order.Context.Site}: {_job.StateReason}",
        ["datePublished"] = Iso(now),
        ["license"] = order.License ?? $"Not stated; ask {order.Context.Site}.",
        ["creator"] = Reference(Person),
        ["about"] = Reference(Cell),
        ["mentions"] = Reference("#test"),
        ["hasPart"] = new JsonArray([.. files.Select(file => Reference(file.Name)), Reference(ArchiveNames.Manifest)]),
    };

    private static JsonObject File(ArchivedFile file) => new()
    {
        ["@id"] = file.Name,
        ["@type"] = "File",
        ["name"] = file.Name,
        ["description"] = Describe(file.Name),
        ["encodingFormat"] = Format(file.Name),
        ["contentSize"] = file.Bytes.ToString(CultureInfo.InvariantCulture),
        ["sha256"] = file.Sha256,
    };

    /// <summary>Without size and sum: it is written last, with the sum of this description in it.</summary>
    private static JsonObject Manifest() => new()
    {
        ["@id"] = ArchiveNames.Manifest,
        ["@type"] = "File",
        ["name"] = ArchiveNames.Manifest,
        ["description"] = "SHA-256 and name of every other file, as sha256sum -c reads it",
        ["encodingFormat"] = "text/plain",
    };

    private JsonObject Action()
    {
        var action = new JsonObject
        {
            ["@id"] = "#test",
            ["@type"] = "CreateAction",
            ["name"] = _job.ProtocolName,
            ["actionStatus"] = _job.State == JobState.Completed ? "http://schema.org/CompletedActionStatus" : "http://schema.org/FailedActionStatus",
            ["agent"] = Reference(Person),
            ["object"] = Reference(Cell),
            ["instrument"] = new JsonArray([.. order.Context.Devices.Where(IsUsed).Select(device => Reference("#device-" + device.Id.Value)), Reference("#celllab")]),
            ["result"] = Reference("./"),
        };
        if (_job.StartedAtUtc is { } started)
        {
            action["startTime"] = Iso(started);
        }

        if (_job.EndedAtUtc is { } ended)
        {
            action["endTime"] = Iso(ended);
        }

        return action;
    }

    private JsonObject Sample() => new()
    {
        ["@id"] = Cell,
        ["@type"] = "Product",
        ["name"] = _job.Sample,
        ["additionalProperty"] = new JsonArray([.. Figures().Select(figure => Reference((string)figure["@id"]!))]),
    };

    /// <summary>Entities of their own: the graph of a crate is flat.</summary>
    private JsonObject[] Figures() =>
    [
        Figure("#active-mass", "active mass", _job.Base.ActiveMassMilligrams, "mg"), Figure("#nominal-capacity", "nominal capacity", _job.Base.MilliampereHoursPerGram, "mAh/g"),
    ];

    private static JsonObject Figure(string id, string name, double value, string unit) =>
        new() { ["@id"] = id, ["@type"] = "PropertyValue", ["name"] = name, ["value"] = value, ["unitText"] = unit };

    private static JsonObject Instrument(ExportDevice device)
    {
        var instrument = new JsonObject { ["@id"] = "#device-" + device.Id.Value, ["@type"] = "IndividualProduct", ["name"] = device.Identity?.Model ?? device.Driver };
        if (device.Identity?.Serial is { } serial)
        {
            instrument["serialNumber"] = serial;
        }

        if (device.Simulated)
        {
            instrument["description"] = "simulated instrument";
        }

        return instrument;
    }

    private JsonObject Author() => new() { ["@id"] = Person, ["@type"] = "Person", ["name"] = _job.SubmittedBy };

    private JsonObject Software() => new()
    {
        ["@id"] = "#celllab",
        ["@type"] = "SoftwareApplication",
        ["name"] = "CellLab",
        ["version"] = order.Context.SoftwareVersion,
    };

    /// <summary>Channels are named by their device.</summary>
    private bool IsUsed(ExportDevice device) => order.Devices.Contains(device.Id);

    private static string Describe(string name) => name switch
    {
        ArchiveNames.Records => "All rows of all instruments as stored, an SQLite database; from it the job is brought back",
        ArchiveNames.Journal => "What the journal held of the job: one JSON array a row, the table's name first",
        _ when name.EndsWith(".bdf.csv", StringComparison.Ordinal) => "Records in the Battery Data Format",
        _ when name.EndsWith(".metadata.json", StringComparison.Ordinal) => "Metadata of the table after the BattINFO record schemas",
        _ when name.EndsWith(".cycles.csv", StringComparison.Ordinal) => "One row a cycle",
        _ => "Cycler and ion currents on one time axis",
    };

    private static string Format(string name) => Path.GetExtension(name) switch
    {
        ".db" => "application/vnd.sqlite3",
        ".jsonl" => "application/jsonl",
        ".json" => "application/json",
        _ => "text/csv",
    };
}
