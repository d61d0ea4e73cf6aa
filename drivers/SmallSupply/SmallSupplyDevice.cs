using System.Diagnostics.CodeAnalysis;
using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Core.Time;
using CellLab.Drivers.Catalog;
using CellLab.Transport;
using CellLab.Transport.Modbus;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.SmallSupply;

/// <summary>The conversation with the supply.</summary>
/// <param name="warnings">Is told once that the driver is not checked on hardware; null for a simulated supply.</param>
internal sealed class SmallSupplyDevice(DeviceId id, ModbusLineLease line, byte unit, Clocks clocks, ILogger? warnings) : IDevice, ISourceMeter, IProbe
{
    private readonly ModbusMaster _unit = new(line.Line, unit);
    private readonly Overtaking _overtaking = new();
    private SourceLimits? _limits;
    private ILogger? _warnings = warnings;

    public DeviceId Id => id;

    public IReadOnlyList<ChannelAddress> Outputs => [new ChannelAddress(id, "1")];

    public SourceMeterTraits TraitsOf(ChannelAddress channel) => new()
    {
        MaxChargeAmperes = SmallSupplyProtocol.MostAmperes,
        MaxDischargeAmperes = 0,
        MinVolts = 0,
        MaxVolts = SmallSupplyProtocol.MostVolts,
        CurrentResolutionAmperes = 1e-4,
        HoldsVoltage = true,
    };

    public Task<DeviceIdentity> ConnectAsync(CancellationToken cancellationToken) => TalkAsync(
        async token =>
        {
            await line.OpenAsync(token);
            DeviceIdentity identity = await IdentifyAsync(token);
            WarnOnce();
            return identity;
        },
        cancellationToken);

    public bool TryGet<TCapability>([NotNullWhen(true)] out TCapability? capability)
        where TCapability : class => (capability = this as TCapability) is not null;

    public Task<SourceReading> MeasureAsync(ChannelAddress channel, CancellationToken cancellationToken) => TalkAsync(LookAsync, cancellationToken);

    public Task<IReadOnlyList<string>> LimitAsync(ChannelAddress channel, SourceLimits limits, CancellationToken cancellationToken) => TalkAsync(
        async token =>
        {
            await SetAsync(SmallSupplyProtocol.OverVoltage, SmallSupplyCodec.Volts(limits.MaxVolts ?? SmallSupplyProtocol.MostVolts), token);
            await SetAsync(SmallSupplyProtocol.OverCurrent, SmallSupplyCodec.Amperes(limits.MaxChargeAmperes ?? SmallSupplyProtocol.MostAmperes), token);
            _limits = limits;
            return (IReadOnlyList<string>)[];
        },
        cancellationToken);

    public Task ApplyAsync(ChannelAddress channel, SetPoint setPoint, CancellationToken cancellationToken) => setPoint switch
    {
        OpenCircuitSetPoint => TalkAsync(token => SetAsync(SmallSupplyProtocol.Output, 0, token), cancellationToken),
        CurrentSetPoint { Amperes: > 0 } current when current.Amperes <= MostAmperes && _limits?.MaxVolts is double volts =>
            TalkAsync(token => ChargeAsync(volts, current.Amperes, token), cancellationToken),
        VoltageSetPoint hold when hold.Volts <= _limits?.MaxVolts =>
            TalkAsync(token => ChargeAsync(hold.Volts, Math.Min(hold.MaxAmperes ?? MostAmperes, MostAmperes), token), cancellationToken),
        _ => throw new DeviceFaultException(FaultKind.Rejected, id, $"cannot do {setPoint}: a supply charges with up to 6 A, after limits have been set and within them"),
    };

    public Task OpenCircuitAsync(ChannelAddress channel, CancellationToken cancellationToken) =>
        _overtaking.OvertakeAsync(token => WireFaults.TranslateAsync(id, SwitchOffAsync, token), cancellationToken);

    public async Task<ProbeReport> ProbeAsync(CancellationToken cancellationToken)
    {
        DeviceIdentity identity = await TalkAsync(IdentifyAsync, cancellationToken);
        SourceReading reading = await MeasureAsync(Outputs[0], cancellationToken);
        ChannelState state = reading.OutputOn ? ChannelState.Running : ChannelState.Idle;
        var status = new ChannelStatus(Outputs[0], state, $"{state}", reading.TakenAtUtc, reading.VoltageVolts, reading.CurrentAmperes);
        string noise = reading.OutputOn
            ? ReadingNoise.NotTold(ReadingNoise.OutputIsOn)
            : await ReadingNoise.MeasureAsync(reading.VoltageVolts, async token => (await MeasureAsync(Outputs[0], token)).VoltageVolts, cancellationToken);
        return new ProbeReport(
            identity, [status], new ClockReading("no register that this driver reads tells a time: readings are stamped where they arrive"),
            ["no watchdog: the output goes on when the service ends hard", noise]);
    }

    public ValueTask DisposeAsync()
    {
        _overtaking.Dispose();
        return line.DisposeAsync();
    }

    private Task<T> TalkAsync<T>(Func<CancellationToken, Task<T>> conversation, CancellationToken cancellationToken) =>
        WireFaults.TranslateAsync(id, token => _overtaking.RunAsync(conversation, token), cancellationToken);

    private void WarnOnce()
    {
        if (Interlocked.Exchange(ref _warnings, null) is { } logger)
        {
            Log.NotVerified(logger, id);
        }
    }

    private async Task<DeviceIdentity> IdentifyAsync(CancellationToken cancellationToken)
    {
        ushort[] head = await _unit.ReadRegistersAsync(ModbusFunction.ReadHoldingRegisters, SmallSupplyProtocol.Model, 4, cancellationToken);
        return head[0] == SmallSupplyProtocol.Rd6006P
            ? new DeviceIdentity("RD6006P", $"{((uint)head[1] << 16) | head[2]}", $"{head[3] / 100}.{head[3] % 100:00}")
            : throw new DeviceFaultException(FaultKind.Configuration, id, $"model {head[0]} answers, expected 60065 (RD6006P)");
    }

    private async Task<SourceReading> LookAsync(CancellationToken cancellationToken)
    {
        ushort[] look = await _unit.ReadRegistersAsync(
            ModbusFunction.ReadHoldingRegisters, SmallSupplyProtocol.LookFrom, SmallSupplyProtocol.LookCount, cancellationToken);
        return SmallSupplyCodec.Read(look, clocks.Lab.GetUtcNow());
    }

    private double MostAmperes => Math.Min(_limits?.MaxChargeAmperes ?? SmallSupplyProtocol.MostAmperes, SmallSupplyProtocol.MostAmperes);

    /// <summary>While the output is on, what becomes less is set first: never the old current at a voltage that was raised, nor the other way round.</summary>
    private async Task<bool> ChargeAsync(double volts, double amperes, CancellationToken cancellationToken)
    {
        ushort current = SmallSupplyCodec.Amperes(amperes);
        ushort[] before = await _unit.ReadRegistersAsync(ModbusFunction.ReadHoldingRegisters, SmallSupplyProtocol.SetCurrent, 1, cancellationToken);
        bool less = current <= before[0];
        if (less)
        {
            await SetAsync(SmallSupplyProtocol.SetCurrent, current, cancellationToken);
        }

        await SetAsync(SmallSupplyProtocol.SetVoltage, SmallSupplyCodec.Volts(volts), cancellationToken);
        if (!less)
        {
            await SetAsync(SmallSupplyProtocol.SetCurrent, current, cancellationToken);
        }

        return await SetAsync(SmallSupplyProtocol.Output, 1, cancellationToken);
    }

    /// <summary>Writes and reads back.</summary>
    private async Task<bool> SetAsync(ushort register, ushort value, CancellationToken cancellationToken)
    {
        await _unit.WriteRegisterAsync(register, value, cancellationToken);
        ushort[] found = await _unit.ReadRegistersAsync(ModbusFunction.ReadHoldingRegisters, register, 1, cancellationToken);
        return found[0] == value
            ? true
            : throw new DeviceFaultException(FaultKind.Rejected, id, $"register {register} did not take {value}, it reads {found[0]}");
    }

    private Task<bool> SwitchOffAsync(CancellationToken cancellationToken) => Insisting.RunAsync(
        async (attempt, token) =>
        {
            if (attempt > 1 || !line.Line.IsOpen)
            {
                await line.OpenAsync(token);
            }

            return await SetAsync(SmallSupplyProtocol.Output, 0, token);
        },
        (_, failure) => failure is TransportException,
        clocks.Wall,
        cancellationToken);
}
