namespace CellLab.Service.Rest.Observing;

/// <summary><c>/metrics</c>: the node in figures for Prometheus.</summary>
internal static class MetricsEndpoint
{
    public static void MapMetrics(this WebApplication app) => app.MapGet("/metrics", ReadAsync).WithSummary("Figures in the Prometheus text format");

    private static async Task<IResult> ReadAsync(NodeFigures figures, CancellationToken cancellationToken) =>
        TypedResults.Text(MetricsText.Of(await figures.ReadAsync(cancellationToken)), MetricsText.ContentType);
}
