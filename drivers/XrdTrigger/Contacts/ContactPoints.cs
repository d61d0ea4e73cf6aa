using CellLab.Transport.Modbus;

namespace CellLab.Drivers.XrdTrigger.Contacts;

/// <summary>Reads and writes the contacts of one trigger by the module's map.</summary>
internal sealed class ContactPoints(ContactSettings settings, IModbusMaster module, IModbusMaster urgent)
{
    private const ushort On = 0xFF00;
    private const ushort Off = 0x0000;

    private readonly int[] _inputs = [.. new[] { settings.Busy, settings.Ready, settings.Fault }.OfType<int>()];

    /// <summary>The module ends its pulses itself.</summary>
    public bool PulsesItself => settings.Map.ModulePulse is not null;

    public Task CloseAsync(CancellationToken cancellationToken) => module.WriteCoilAsync(At(settings.Map.Outputs.WriteAt), On, cancellationToken);

    public Task OpenAsync(CancellationToken cancellationToken) => urgent.WriteCoilAsync(At(settings.Map.Outputs.WriteAt), Off, cancellationToken);

    public Task PulseAsync(TimeSpan length, CancellationToken cancellationToken)
    {
        IoPulse pulse = settings.Map.ModulePulse!;
        ushort units = (ushort)Math.Clamp(Math.Round(length.TotalSeconds / pulse.UnitS), 1, pulse.MostUnits);
        return module.WriteCoilAsync(At(pulse.WriteAt), units, cancellationToken);
    }

    public async Task<bool> IsClosedAsync(CancellationToken cancellationToken) =>
        (await urgent.ReadBitsAsync(ModbusFunction.ReadCoils, At(settings.Map.Outputs.ReadBackAt), 1, cancellationToken))[0];

    /// <summary>All inputs in one request, so that they belong to one moment.</summary>
    public async Task<ContactLevels> LevelsAsync(CancellationToken cancellationToken)
    {
        if (_inputs.Length == 0)
        {
            return default;
        }

        int first = _inputs.Min();
        bool[] read = await module.ReadBitsAsync(
            ModbusFunction.ReadDiscreteInputs, (ushort)(settings.Map.Inputs!.ReadAt + first + settings.AddressOffset), _inputs.Max() - first + 1, cancellationToken);
        return new ContactLevels(Level(settings.Busy), Level(settings.Ready), Level(settings.Fault));

        bool? Level(int? input) => input is int i ? read[i - first] != settings.ActiveLow : null;
    }

    /// <exception cref="TriggerRefusedException">The module is set in a way that does not go with a trigger.</exception>
    public async Task CheckModuleAsync(CancellationToken cancellationToken)
    {
        foreach (IoRequirement required in settings.Map.RequiredRegisters ?? [])
        {
            ushort at = (ushort)(required.ReadAt + (required.PerOutput ? settings.Output : 0));
            ushort found = (await module.ReadRegistersAsync(ModbusFunction.ReadHoldingRegisters, at, 1, cancellationToken))[0];
            if (found != required.Value)
            {
                throw new TriggerRefusedException($"register 0x{at:X4} is {found}, expected {required.Value} ({required.Meaning}); set it with the maker's program");
            }
        }
    }

    private ushort At(ushort first) => (ushort)(first + settings.Output + settings.AddressOffset);
}

/// <summary>Active levels; null for what is not wired.</summary>
internal readonly record struct ContactLevels(bool? Busy, bool? Ready, bool? Fault);
