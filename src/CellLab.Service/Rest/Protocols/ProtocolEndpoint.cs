using CellLab.Core.Protocols;
using CellLab.Core.Samples;
using CellLab.Core.Units;
using CellLab.Service.Offline;
using CellLab.Service.Rest.Samples;

namespace CellLab.Service.Rest.Protocols;

/// <summary><c>POST protocols/check</c>: the check of submit, changing nothing. Errors in the protocol are the answer, not a failure.</summary>
internal static class ProtocolEndpoint
{
    public static void MapProtocols(this RouteGroupBuilder api) =>
        api.MapPost("/protocols/check", CheckAsync).WithSummary("Checks a protocol for a sample, or for mass and capacity");

    private static async Task<ProtocolCheck> CheckAsync(ProtocolCheckRequest request, SampleBook book, CancellationToken cancellationToken)
    {
        string name = Bounds.Text("name", request.Name, RestLimits.MaxReasonLength);
        string text = request.Text ?? throw RestProblemException.Invalid("text", "text is missing.", "Send the text of the protocol.");
        if (request.Sample is { } sample)
        {
            IReadOnlyList<Sample> versions = await book.VersionsAsync(sample, cancellationToken);
            return versions.Count > 0
                ? ProtocolChecker.Check(name, text, versions[^1].Base, null)
                : throw RestProblemException.Invalid("sample", $"There is no sample '{sample}'.", "GET /api/v1/samples lists them.");
        }

        CapacityQuantity? capacity = Read("capacity", request.Capacity, QuantityParser.Capacity);
        double? milligrams = Read("mass", request.Mass, QuantityParser.Milligrams);
        return ProtocolChecker.Check(name, text, Base(milligrams, capacity), capacity?.MilliampereHours * 1e-3);
    }

    private static CRateBase? Base(double? milligrams, CapacityQuantity? capacity) =>
        milligrams is { } mass && capacity is { } quantity ? new CRateBase(quantity.PerGram(mass), mass) : null;

    private static T? Read<T>(string field, string? text, Func<string, T> parse)
        where T : struct
    {
        try
        {
            return text is null ? null : parse(text);
        }
        catch (FormatException wrong)
        {
            throw RestProblemException.Invalid(field, wrong.Message, "Write a number with its unit.");
        }
    }
}

internal sealed record ProtocolCheckRequest(
    string? Name = null, string? Text = null, string? Sample = null, string? Mass = null, string? Capacity = null);
