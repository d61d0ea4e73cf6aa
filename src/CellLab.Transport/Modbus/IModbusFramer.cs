namespace CellLab.Transport.Modbus;

/// <summary>One exchange on an open connection. After it was cancelled the next one must not take a late reply for its own.</summary>
internal interface IModbusFramer
{
    /// <summary>Returns the reply's function code and data, already known to answer the request; exception replies too.</summary>
    /// <exception cref="TransportException">Lost, Garbled.</exception>
    Task<byte[]> ExchangeAsync(byte unit, ReadOnlyMemory<byte> request, CancellationToken cancellationToken);

    /// <summary>The reply that was not waited for cannot be told from the next one: only a new connection helps.</summary>
    bool IsOutOfStep { get; }

    /// <summary>How long the next exchange may wait before its request goes out.</summary>
    TimeSpan TimeToClear { get; }

    /// <summary>What had come of the reply when the waiting ended, for messages.</summary>
    ReadOnlySpan<byte> LastSeen { get; }
}
