using CellLab.Messaging.Clients;

namespace CellLab.Messaging.Broker;

/// <summary>The broker of this installation: runs as long as the service lives. Does nothing for an external one.</summary>
public interface IBroker : IAsyncDisposable
{
    /// <summary>Where this installation's own processes connect.</summary>
    BrokerAddress Address { get; }

    /// <summary>How often the broker has become ready.</summary>
    int StartCount { get; }

    /// <summary>Why the broker is not running; null while it is.</summary>
    string? Problem { get; }

    /// <summary>Returns when the broker takes connections. A port that is still held by the broker of a service that just died is waited for.</summary>
    /// <exception cref="BrokerException">Cannot be started, port in use, or no loopback address.</exception>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Replaces those who may come over TCP by name; one who is gone from the list is thrown out. Nothing where the broker does not know names.</summary>
    void SetReaders(IReadOnlyList<BrokerReader> readers)
    {
    }
}
