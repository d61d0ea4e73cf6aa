using System.Globalization;
using CellLab.Core.Time;
using CellLab.Core.Units;
using CellLab.Service.Offline;
using CellLab.Service.Offline.Preview;

namespace CellLab.Service.Rest.Protocols;

/// <summary><c>POST protocols/preview</c>: what <c>protocol preview --json</c> tells. A protocol that cannot be rehearsed is refused with every reason.</summary>
internal static class PreviewEndpoint
{
    public static void MapPreview(this RouteGroupBuilder api) =>
        api.MapPost("/protocols/preview", PreviewAsync)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithSummary("Rehearses a protocol: currents, durations, capacities, finishing date; nothing is stored or started");

    private static async Task<ProtocolPreview> PreviewAsync(
        PreviewRequest request, ProtocolRequestReader reader, Clocks clocks, CancellationToken cancellationToken)
    {
        ProtocolText text = ProtocolRequestReader.Text(request);
        (CRateBase? rateBase, double? capacity) = await reader.BaseAsync(request, cancellationToken);
        var setup = new RehearsalSetup
        {
            Cell = Cell(request),
            Base = rateBase,
            MassIsRegistered = request.Sample is not null,
            Chosen = reader.Channel(request),
            StartsAt = Start(request) ?? clocks.Lab.GetUtcNow(),
        };
        PreviewOutcome outcome = Play(text, capacity, setup, cancellationToken);
        return outcome.Preview ?? throw ProtocolProblem.Of("text", outcome.Errors);
    }

    private static PreviewOutcome Play(ProtocolText text, double? capacity, RehearsalSetup setup, CancellationToken cancellationToken)
    {
        try
        {
            return ProtocolPreviewer.Preview(text, capacity, setup, cancellationToken);
        }
        catch (ArgumentException missing)
        {
            throw RestProblemException.Invalid("capacity", missing.Message, "Give mass and capacity, or a registered sample.");
        }
    }

    private static string? Cell(PreviewRequest request) =>
        request.Cell is null || ProtocolRehearsal.Cells.Contains(request.Cell, StringComparer.OrdinalIgnoreCase)
            ? request.Cell
            : throw RestProblemException.Invalid(
                "cell", $"There is no simulated cell '{request.Cell}'.", $"Known: {string.Join(", ", ProtocolRehearsal.Cells)}; without one a plain estimate is made.");

    private static DateTimeOffset? Start(PreviewRequest request)
    {
        if (request.Start is not { } text)
        {
            return null;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time
            : throw RestProblemException.Invalid("start", $"'{text}' is no date with a time.", "Write for example 2026-05-04T18:00:00Z.");
    }
}

/// <summary>The members of the check, and: the simulated cell to play on (null for a plain estimate), and when it is to begin (null for now).</summary>
internal sealed record PreviewRequest(string? Cell = null, string? Start = null) : ProtocolRequest;
