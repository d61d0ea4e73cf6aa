using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.ModbusCycler.Profiles;
using CellLab.Transport.Modbus;

namespace CellLab.Drivers.ModbusCycler.Outputs;

/// <summary>One unit that drives the cell: a supply, a load, or both in one box.</summary>
internal sealed class OutputSide(ModbusProfile profile, ModbusLineLease lease, byte unit, Clocks clocks) : IAsyncDisposable
{
    private readonly PointAccess _points = new(profile, new ModbusMaster(lease.Line, unit));
    private bool _controlled;

    public ModbusProfile Profile => profile;

    public bool IsOpen => lease.Line.IsOpen;

    public double MaxVolts { get; private set; }

    public double MaxAmperes { get; private set; }

    public double ResolutionAmperes { get; private set; }

    public Task OpenAsync(CancellationToken cancellationToken)
    {
        _controlled = false;
        return lease.OpenAsync(cancellationToken);
    }

    /// <summary>Asks who answers, and refuses another model than the map's.</summary>
    public async Task<DeviceIdentity> IdentifyAsync(CancellationToken cancellationToken)
    {
        if (profile.ModelCheck is ProfileModelCheck check)
        {
            await CheckModelAsync(check, cancellationToken);
        }

        await _points.ReadNominalsAsync(cancellationToken);
        MaxVolts = await RangeAsync(profile.Ranges!.MaxVolts, cancellationToken);
        MaxAmperes = await RangeAsync(profile.Ranges.MaxAmperes, cancellationToken);
        ResolutionAmperes = profile.Ranges.ResolutionOf is string name
            ? PointCodec.Resolution(_points.Point(name), _points.NominalOf(_points.Point(name)))
            : profile.Ranges.ResolutionAmperes ?? 0;
        return new DeviceIdentity(
            Readable(await TextAsync(profile.Identity.Model, cancellationToken)),
            await TextAsync(profile.Identity.Serial, cancellationToken),
            await TextAsync(profile.Identity.Firmware, cancellationToken));
    }

    /// <summary>A model that is a mere number says nothing to a person: the map's title goes before it.</summary>
    private string? Readable(string? model) => model is not null && model.All(char.IsAsciiDigit) ? $"{profile.Title} ({model})" : model;

    public async Task<SideReading> MeasureAsync(CancellationToken cancellationToken)
    {
        ProfileMeasure measure = profile.Measure!;
        await _points.KnowNominalsAsync(cancellationToken);
        var image = new RegisterImage();
        DateTimeOffset? taken = null;
        foreach (ProfileBlock block in measure.Blocks)
        {
            image.Take(block.Table, block.Address, await _points.ReadBlockAsync(block.Table, block.Address, block.Count, cancellationToken));
            taken ??= image.Holds(_points.Point(measure.Voltage)) ? clocks.Lab.GetUtcNow() : null;
        }

        double volts = Value(measure.Voltage);
        double amperes = Signed(Value(measure.Current));
        return double.IsFinite(volts) && double.IsFinite(amperes)
            ? new SideReading(taken!.Value, volts, amperes, Bits(measure.Output), Fault())
            : throw new MapMismatchException($"reads {volts} V and {amperes} A, which are no numbers", refused: false);

        double Value(string name) => PointCodec.Value(_points.Point(name), image.Words(_points.Point(name)), _points.NominalOf(_points.Point(name)));

        double Raw(string name) => PointCodec.Raw(_points.Point(name), image.Words(_points.Point(name)));

        bool Bits(ProfileBits bits) => ((uint)Raw(bits.Point) & bits.Mask) != 0;

        double Signed(double current) => measure.Sign.Kind switch
        {
            SignKind.Sink => -current,
            SignKind.Bit when ((uint)Raw(measure.Sign.Point!) & measure.Sign.Mask) != 0 => -current,
            _ => current,
        };

        string? Fault() => measure.Alarms
            .FirstOrDefault(a => a.Mask is uint mask ? ((uint)Raw(a.Point) & mask) != 0 : Raw(a.Point) == a.Value)?.Text;
    }

    /// <summary>Remote control is taken with the first command, never by looking.</summary>
    public async Task RunAsync(IReadOnlyList<ProfileStep> steps, StepValues values, CancellationToken cancellationToken)
    {
        var runner = new SequenceRunner(_points, clocks.Wall);
        if (!_controlled)
        {
            await runner.RunAsync(profile.Sequences.TakeControl, values, cancellationToken);
            _controlled = true;
        }

        await runner.RunAsync(steps, values, cancellationToken);
    }

    public Task OffAsync(CancellationToken cancellationToken) => RunAsync(profile.Sequences.Off, new StepValues(), cancellationToken);

    /// <summary>Tells the device that somebody is there.</summary>
    public Task RefreshWatchdogAsync(CancellationToken cancellationToken) => profile.Watchdog is ProfileWatchdog watchdog
        ? _points.WriteAsync(_points.Point(watchdog.Point), [watchdog.Raw], cancellationToken)
        : Task.CompletedTask;

    /// <summary>Gives the keys back to the person in front of the device, when the output is off.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        if (_controlled && IsOpen && profile.Sequences.Release.Count > 0 && !(await MeasureAsync(cancellationToken)).On)
        {
            _controlled = false;
            await new SequenceRunner(_points, clocks.Wall).RunAsync(profile.Sequences.Release, new StepValues(), cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => lease.DisposeAsync();

    private async Task CheckModelAsync(ProfileModelCheck check, CancellationToken cancellationToken)
    {
        string found = await _points.ReadTextAsync(check.Point, cancellationToken);
        bool fits = check.StartsWith.Any(s => found.StartsWith(s, StringComparison.Ordinal))
            || check.Values.Any(v => found == v.ToString("0.####", System.Globalization.CultureInfo.InvariantCulture));
        if (!fits)
        {
            throw new WrongModelException(
                $"{check.Point} reads '{found}', the map {profile.Name} is for {string.Join(", ", check.StartsWith.Concat(check.Values.Select(v => $"{v}")))}; choose the map of this model");
        }
    }

    private Task<double> RangeAsync(System.Text.Json.JsonElement range, CancellationToken cancellationToken) =>
        range.ValueKind == System.Text.Json.JsonValueKind.Number ? Task.FromResult(range.GetDouble()) : _points.ReadAsync(range.GetString()!, cancellationToken);

    private async Task<string?> TextAsync(string? point, CancellationToken cancellationToken) =>
        point is null ? null : await _points.ReadTextAsync(point, cancellationToken);
}
