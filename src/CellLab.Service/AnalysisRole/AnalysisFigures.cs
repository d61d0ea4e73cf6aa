using CellLab.Messaging;
using CellLab.Service.Rest.Observing;

namespace CellLab.Service.AnalysisRole;

/// <summary>A process that only analyses, in figures.</summary>
internal sealed class AnalysisFigures(AnalysisMeter meter, IMessageClient broker)
{
    public Task<IReadOnlyList<FigureFamily>> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        (long rows, long holes, long surveys, long failures) = meter.Read();
        return Task.FromResult<IReadOnlyList<FigureFamily>>(
        [
            new("celllab_analysis_rows_total", FigureKind.Counter, "Rows of all instruments that came by message and were taken in.", rows),
            new("celllab_analysis_holes_total", FigureKind.Counter, "Holes between messages that were filled from the service.", holes),
            new("celllab_analysis_surveys_total", FigureKind.Counter, "Times at which the service was asked for its jobs.", surveys),
            new("celllab_analysis_failures_total", FigureKind.Counter, "Times at which the service, the store or the data ended the work; it is begun again.", failures),
            new("celllab_broker_connected", FigureKind.Gauge, "1 while the MQTT client is connected.", broker.IsConnected ? 1 : 0),
            .. ProcessFigures.Read(),
        ]);
    }
}
