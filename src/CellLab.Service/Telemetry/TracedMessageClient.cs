using System.Diagnostics;
using CellLab.Messaging;

namespace CellLab.Service.Telemetry;

/// <summary>A client whose messages at QoS 1 leave a span each: from the handing over to the broker's acknowledgement.</summary>
internal sealed class TracedMessageClient(IMessageClient inner) : IMessageClient
{
    public event Action<bool> ConnectionChanged
    {
        add => inner.ConnectionChanged += value;
        remove => inner.ConnectionChanged -= value;
    }

    public bool IsConnected => inner.IsConnected;

    public bool SessionResumed => inner.SessionResumed;

    public string? Problem => inner.Problem;

    public void Start() => inner.Start();

    public Task PublishAsync(string topic, ReadOnlyMemory<byte> payload, int qos, bool retain, CancellationToken cancellationToken)
    {
        if (qos == 0)
        {
            return inner.PublishAsync(topic, payload, qos, retain, cancellationToken);
        }

        Activity? span = ServiceTracing.Source.StartActivity(ServiceTracing.Publish, ActivityKind.Producer);
        if (span is null)
        {
            return inner.PublishAsync(topic, payload, qos, retain, cancellationToken);
        }

        Activity.Current = span.Parent; // ends when the broker answers, not with the caller's next step
        span.SetTag("messaging.system", "mqtt").SetTag("messaging.destination.name", topic).SetTag("messaging.message.body.size", payload.Length);
        return AcknowledgedAsync(span, inner.PublishAsync(topic, payload, qos, retain, cancellationToken));
    }

    public IAsyncEnumerable<IncomingMessage> SubscribeAsync(string filter, int qos, CancellationToken cancellationToken) =>
        inner.SubscribeAsync(filter, qos, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private static async Task AcknowledgedAsync(Activity span, Task publishing)
    {
        try
        {
            await publishing;
        }
        catch (Exception failure)
        {
            span.SetStatus(ActivityStatusCode.Error, failure.Message);
            throw;
        }
        finally
        {
            span.Dispose();
        }
    }
}
