using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.Catalog;
using CellLab.Drivers.XrdTrigger;
using CellLab.TestKit.Wires;
using CellLab.Transport.Modbus;
using CellLab.Transport.Modbus.Slave;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Tests.Drivers.XrdTrigger;

/// <summary>The driver on an RTU line in memory, whose other end keeps every frame and can swallow answers.</summary>
internal sealed class ContactBench : IModbusUnit, IAsyncDisposable
{
    private const int RequestLength = 8; // of functions 1 to 6 on RTU

    private readonly MemoryConnector _connector;

    public ContactBench(string profile, params (string Name, string Value)[] settings)
    {
        _connector = new MemoryConnector(ServeAsync);
        Dictionary<string, string?> entry = new()
        {
            ["d:id"] = "xrd1", ["d:driver"] = "XrdTrigger", ["d:profile"] = profile, ["d:connection:kind"] = "serial",
            ["d:connection:path"] = $"/dev/memory-{Guid.NewGuid():N}", ["d:settings:pulse_s"] = "0.1", ["d:settings:reply_timeout_s"] = "20",
        };
        foreach ((string name, string value) in settings)
        {
            entry[$"d:{name}"] = value;
        }

        DeviceSetup setup = DeviceSetup.From(new ConfigurationBuilder().AddInMemoryCollection(entry).Build().GetSection("d")) with { Connector = _connector };
        Device = new XrdTriggerModule().Create(setup, Clocks.RealTime, NullLoggerFactory.Instance);
        Trigger = (ITriggerOutput)Device;
    }

    public IDevice Device { get; }

    public ITriggerOutput Trigger { get; }

    /// <summary>As hexadecimal bytes.</summary>
    public List<string> Frames { get; } = [];

    public IEnumerable<string> Writes => Frames.Where(f => f[3..5] is "05" or "06");

    public bool[] Inputs { get; } = new bool[16];

    public Dictionary<ushort, ushort> Registers { get; } = [];

    public Dictionary<ushort, bool> Coils { get; } = [];

    /// <summary>Outputs cannot be moved.</summary>
    public bool Stuck { get; set; }

    /// <summary>True for a frame whose answer is swallowed, with the connection.</summary>
    public Func<string, bool> Swallow { get; set; } = _ => false;

    public static string[] Pulses(ContactBench bench, string start) => [.. bench.Frames.Where(f => f.StartsWith(start, StringComparison.Ordinal))];

    public void ReadCoils(ushort address, Span<bool> values) => values[0] = Coils.GetValueOrDefault((ushort)(address & 0x1FF));

    public void ReadDiscreteInputs(ushort address, Span<bool> values) => Inputs.AsSpan(address, values.Length).CopyTo(values);

    public void ReadHoldingRegisters(ushort address, Span<ushort> values) => values[0] = Registers.GetValueOrDefault(address);

    public void WriteCoil(ushort address, ushort rawValue)
    {
        if (!Stuck)
        {
            Coils[address] = rawValue == 0xFF00;
        }
    }

    public void WriteRegister(ushort address, ushort value) => Registers[address] = value;

    public async ValueTask DisposeAsync()
    {
        await Device.DisposeAsync();
        await _connector.DisposeAsync();
    }

    private async Task ServeAsync(Stream stream, CancellationToken cancellationToken)
    {
        byte[] request = new byte[RequestLength];
        while (await stream.ReadAtLeastAsync(request, RequestLength, throwOnEndOfStream: false, cancellationToken) == RequestLength)
        {
            string frame = string.Join(' ', request.Select(b => b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture)));
            Frames.Add(frame);
            byte[] answer = RtuFrame.Encode(request[0], ModbusAnswers.Answer(this, request.AsSpan(1, 5)));
            if (Swallow(frame))
            {
                return;
            }

            await stream.WriteAsync(answer, cancellationToken);
        }
    }
}
