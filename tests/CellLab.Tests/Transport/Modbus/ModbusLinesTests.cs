using CellLab.TestKit.Wires;
using CellLab.Transport;
using CellLab.Transport.Modbus;

namespace CellLab.Tests.Transport.Modbus;

public sealed class ModbusLinesTests
{
    private static readonly Uri s_address = new("serial:///dev/ttyUSB0?baud=9600");

    [Fact]
    public async Task Devices_of_one_port_share_its_line_and_the_last_one_closes_it()
    {
        var lines = new ModbusLines();
        await using var wire = new MemoryConnector((_, _) => Task.CompletedTask);
        ModbusLineLease first = lines.Rent(s_address, wire, new ModbusLineSettings(), TimeProvider.System);
        ModbusLineLease second = lines.Rent(s_address, wire, new ModbusLineSettings(), TimeProvider.System);
        await first.OpenAsync(CancellationToken.None);
        await second.OpenAsync(CancellationToken.None);

        Assert.Same(first.Line, second.Line);
        Assert.Equal(1, wire.Opened);
        await first.DisposeAsync();
        await first.DisposeAsync();
        Assert.True(second.Line.IsOpen);
        await second.DisposeAsync();
        Assert.False(second.Line.IsOpen);
    }

    [Fact]
    public async Task Who_has_a_line_alone_opens_it_anew()
    {
        var lines = new ModbusLines();
        await using var wire = new MemoryConnector((_, _) => Task.CompletedTask);
        await using ModbusLineLease only = lines.Rent(s_address, wire, new ModbusLineSettings(), TimeProvider.System);

        await only.OpenAsync(CancellationToken.None);
        await only.OpenAsync(CancellationToken.None);

        Assert.Equal(2, wire.Opened);
    }

    [Fact]
    public async Task Other_settings_for_the_same_port_are_refused()
    {
        var lines = new ModbusLines();
        await using ModbusLineLease first = lines.Rent(s_address, null, new ModbusLineSettings(), TimeProvider.System);

        var fault = Assert.Throws<TransportException>(
            () => lines.Rent(new Uri("serial:///dev/ttyUSB0?baud=19200"), null, new ModbusLineSettings(), TimeProvider.System));

        Assert.Contains("other settings", fault.Message, StringComparison.Ordinal);
    }
}
