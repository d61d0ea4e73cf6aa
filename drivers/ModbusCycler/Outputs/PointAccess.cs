using CellLab.Drivers.ModbusCycler.Profiles;
using CellLab.Transport.Modbus;

namespace CellLab.Drivers.ModbusCycler.Outputs;

/// <summary>Reads and writes points of one map through one unit.</summary>
internal sealed class PointAccess(ModbusProfile profile, IModbusMaster unit)
{
    private const ushort CoilOn = 0xFF00;
    private readonly Dictionary<string, double> _nominal = [];
    private bool _known;

    public ModbusProfile Profile => profile;

    public ProfilePoint Point(string name) => profile.Points[name];

    /// <summary>Value of the point that <paramref name="point"/> is scaled by; 1 for others.</summary>
    public double NominalOf(ProfilePoint point) => point.Nominal is string name ? _nominal.GetValueOrDefault(name, double.NaN) : 1;

    /// <summary>Reads what other points are scaled by, where that has not been done yet.</summary>
    public Task KnowNominalsAsync(CancellationToken cancellationToken) => _known ? Task.CompletedTask : ReadNominalsAsync(cancellationToken);

    /// <summary>Reads what other points are scaled by.</summary>
    public async Task ReadNominalsAsync(CancellationToken cancellationToken)
    {
        foreach (string name in profile.Points.Values.Select(p => p.Nominal).OfType<string>().Distinct())
        {
            double value = await ReadAsync(name, cancellationToken);
            _nominal[name] = double.IsFinite(value) && value is > 0.1 and < 1e6
                ? value
                : throw new MapMismatchException($"{name} reads {value}, which is no type plate; is this the model of map {profile.Name}?", refused: false);
        }

        _known = true;
    }

    public async Task<double> ReadAsync(string name, CancellationToken cancellationToken)
    {
        ProfilePoint point = Point(name);
        return PointCodec.Value(point, await ReadWordsAsync(point, cancellationToken), NominalOf(point));
    }

    public async Task<string> ReadTextAsync(string name, CancellationToken cancellationToken)
    {
        ProfilePoint point = Point(name);
        ushort[] words = await ReadWordsAsync(point, cancellationToken);
        return point.Type == PointType.Ascii
            ? PointCodec.Text(words)
            : PointCodec.Value(point, words, NominalOf(point)).ToString("0.####", System.Globalization.CultureInfo.InvariantCulture);
    }

    public Task<ushort[]> ReadWordsAsync(ProfilePoint point, CancellationToken cancellationToken) =>
        ReadBlockAsync(point.Table, point.Address, point.Length, cancellationToken);

    public async Task<ushort[]> ReadBlockAsync(PointTable table, ushort address, int count, CancellationToken cancellationToken)
    {
        if (table is PointTable.Holding or PointTable.Input)
        {
            ModbusFunction function = table == PointTable.Holding ? ModbusFunction.ReadHoldingRegisters : ModbusFunction.ReadInputRegisters;
            return await unit.ReadRegistersAsync(function, address, count, cancellationToken);
        }

        ModbusFunction bits = table == PointTable.Coil ? ModbusFunction.ReadCoils : ModbusFunction.ReadDiscreteInputs;
        return [.. (await unit.ReadBitsAsync(bits, address, count, cancellationToken)).Select(b => (ushort)(b ? 1 : 0))];
    }

    public Task WriteAsync(ProfilePoint point, ushort[] words, CancellationToken cancellationToken) => point.Write switch
    {
        5 => unit.WriteCoilAsync(point.Address, words[0] != 0 ? CoilOn : (ushort)0, cancellationToken),
        6 => unit.WriteRegisterAsync(point.Address, words[0], cancellationToken),
        15 => unit.WriteCoilsAsync(point.Address, [words[0] != 0], cancellationToken),
        _ => unit.WriteRegistersAsync(point.Address, words, cancellationToken),
    };
}
