namespace CellLab.Transport.Modbus;

/// <summary>One device's share of a line. The last one to give it back closes it.</summary>
public sealed class ModbusLineLease : IAsyncDisposable
{
    private readonly ModbusLines _lines;
    private readonly (string, IConnector?) _key;
    private int _given;

    internal ModbusLineLease(ModbusLines lines, (string, IConnector?) key, ModbusLine line)
    {
        _lines = lines;
        _key = key;
        Line = line;
    }

    public ModbusLine Line { get; }

    /// <summary>Opens the line; anew when nobody else uses it.</summary>
    public Task OpenAsync(CancellationToken cancellationToken) => Line.OpenAsync(anew: !_lines.IsSharedNow(_key), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _given, 1) == 0 && _lines.GiveBack(_key))
        {
            await Line.DisposeAsync();
        }
    }
}
