using CellLab.Core.Samples;
using CellLab.Core.Storage;

namespace CellLab.Service.Rest.Samples;

/// <summary>The cells under test. Values come as people type them, with their units (<c>"electrode_mass": "15.1mg"</c>).</summary>
internal static class SampleEndpoints
{
    public static void MapSamples(this RouteGroupBuilder api)
    {
        api.MapGet("/samples", ListAsync).WithSummary("All samples, each in its newest version");
        api.MapGet("/samples/{name}", ReadAsync).WithSummary("One sample with all its versions");
        api.MapPost("/samples", AddAsync).WithSummary("Registers a sample");
        api.MapPost("/samples/{name}/amend", AmendAsync).WithSummary("Corrects active mass, capacity or diameter; the versions before stay");
    }

    private static async Task<SampleList> ListAsync(IJournal journal, CancellationToken cancellationToken)
    {
        IReadOnlyList<Sample> all = await journal.ReadSamplesAsync(null, cancellationToken);
        return new SampleList([.. all.GroupBy(sample => sample.Name, StringComparer.Ordinal)
            .Select(versions => versions.MaxBy(sample => sample.Version)!)
            .OrderBy(sample => sample.Name, StringComparer.Ordinal)
            .Select(SampleBody.Of)]);
    }

    private static async Task<SampleDetails> ReadAsync(string name, SampleBook book, CancellationToken cancellationToken)
    {
        IReadOnlyList<Sample> versions = await book.VersionsAsync(name, cancellationToken);
        return versions.Count > 0
            ? SampleDetails.Of(versions)
            : throw RestProblemException.NotFound("sample", name, "GET /api/v1/samples lists them.");
    }

    private static async Task<IResult> AddAsync(SampleInput input, HttpContext context, SampleBook book, CancellationToken cancellationToken)
    {
        Sample added = await book.AddAsync(input with { AcceptCapacity = SampleBook.AcceptCapacity(input.AcceptCapacity) }, Caller.Of(context), cancellationToken);
        return TypedResults.Created($"/api/v1/samples/{Uri.EscapeDataString(added.Name)}", SampleBody.Of(added));
    }

    private static async Task<SampleDetails> AmendAsync(
        string name, AmendRequest request, HttpContext context, SampleBook book, CancellationToken cancellationToken)
    {
        var change = new SampleInput
        {
            ActiveMass = request.ActiveMass, Capacity = request.Capacity, Diameter = request.Diameter, AcceptCapacity = SampleBook.AcceptCapacity(request.AcceptCapacity),
        };
        string reason = Bounds.Text("reason", request.Reason, RestLimits.MaxReasonLength);
        await book.AmendAsync(name, change, reason, Caller.Of(context), cancellationToken);
        return SampleDetails.Of(await book.VersionsAsync(name, cancellationToken));
    }
}

internal sealed record AmendRequest(
    string? ActiveMass = null, string? Capacity = null, string? Diameter = null, string? AcceptCapacity = null, string? Reason = null);
