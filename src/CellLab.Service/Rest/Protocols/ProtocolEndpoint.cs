using CellLab.Core.Protocols;
using CellLab.Core.Units;
using CellLab.Service.Offline;

namespace CellLab.Service.Rest.Protocols;

/// <summary><c>POST protocols/check</c>: the check of submit, changing nothing. Errors in the protocol are the answer, not a failure.</summary>
internal static class ProtocolEndpoint
{
    public static void MapProtocols(this RouteGroupBuilder api) =>
        api.MapPost("/protocols/check", CheckAsync)
            .WithSummary("Checks a protocol for a sample, or for mass and capacity; with a pipeline also against its channel");

    private static async Task<ProtocolCheck> CheckAsync(ProtocolRequest request, ProtocolRequestReader reader, CancellationToken cancellationToken)
    {
        ProtocolText text = ProtocolRequestReader.Text(request);
        (CRateBase? rateBase, double? capacity) = await reader.BaseAsync(request, cancellationToken);
        return ProtocolChecker.Check(text, rateBase, capacity, reader.Channel(request), request.Sample is not null);
    }
}
