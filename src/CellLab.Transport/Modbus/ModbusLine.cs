namespace CellLab.Transport.Modbus;

/// <summary>One wire with one request at a time, for all units on it. Opened by <see cref="OpenAsync"/> alone: after a loss every call
/// faults until somebody opens it again.</summary>
public sealed class ModbusLine(IConnector connector, Uri address, ModbusLineSettings settings, TimeProvider wall) : IAsyncDisposable
{
    private readonly TurnQueue _turns = new();
    private IConnection? _connection;
    private IModbusFramer? _framer;

    public Uri Address { get; } = address;

    public ModbusLineSettings Settings { get; } = settings;

    public bool IsOpen => _framer is not null;

    /// <param name="anew">Closes an open connection first.</param>
    /// <exception cref="TransportException">Cannot be opened.</exception>
    public async Task OpenAsync(bool anew, CancellationToken cancellationToken)
    {
        using IDisposable turn = await _turns.TakeAsync(urgent: true, cancellationToken);
        if (_framer is not null && !anew)
        {
            return;
        }

        await DropAsync();
        _connection = await connector.OpenAsync(Address, cancellationToken);
        _framer = ModbusFramers.Create(_connection, Settings, wall);
    }

    /// <summary>Sends function code and data, returns those of the reply, exception replies too.</summary>
    /// <exception cref="TransportException">TimedOut, Garbled, Lost.</exception>
    public async Task<byte[]> ExchangeAsync(byte unit, ReadOnlyMemory<byte> request, bool urgent, CancellationToken cancellationToken)
    {
        bool reads = (ModbusFunction)request.Span[0] <= ModbusFunction.ReadInputRegisters;
        int retries = reads ? Settings.ReadRetries : 0;
        while (true)
        {
            using IDisposable turn = await _turns.TakeAsync(urgent, cancellationToken);
            try
            {
                return await TryAsync(unit, request, cancellationToken);
            }
            catch (TransportException e) when (e.Fault is TransportFault.TimedOut or TransportFault.Garbled && IsOpen && retries > 0)
            {
                retries--; // somebody urgent may go between
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        using IDisposable turn = await _turns.TakeAsync(urgent: true, CancellationToken.None);
        await DropAsync();
    }

    private async Task<byte[]> TryAsync(byte unit, ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        IModbusFramer framer = _framer ?? throw new TransportException(TransportFault.Lost, Address, "the line is not open; connect first");
        using var timeout = new CancellationTokenSource(Allowed(framer), wall);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await framer.ExchangeAsync(unit, request, either.Token);
        }
        catch (OperationCanceledException)
        {
            string seen = framer.LastSeen.IsEmpty ? "nothing came" : $"came: {Convert.ToHexString(framer.LastSeen)}";
            if (framer.IsOutOfStep)
            {
                await DropAsync();
            }

            cancellationToken.ThrowIfCancellationRequested();
            throw new TransportException(
                TransportFault.TimedOut, Address,
                $"unit {unit} did not answer function {request.Span[0]} within {Settings.ReplyTimeout.TotalSeconds:0.###} s; {seen}");
        }
        catch (TransportException e) when (e.Fault == TransportFault.Lost)
        {
            await DropAsync();
            throw;
        }
    }

    /// <summary>On RTU the time to clear a line in doubt comes on top.</summary>
    private TimeSpan Allowed(IModbusFramer framer) => framer.TimeToClear + Settings.ReplyTimeout;

    private async Task DropAsync()
    {
        IConnection? connection = _connection;
        _connection = null;
        (_framer as IDisposable)?.Dispose();
        _framer = null;
        if (connection is not null)
        {
            await connection.DisposeAsync();
        }
    }
}
