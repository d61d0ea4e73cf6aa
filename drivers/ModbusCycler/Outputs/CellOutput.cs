using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Core.Units;
using CellLab.Drivers.ModbusCycler.Profiles;

namespace CellLab.Drivers.ModbusCycler.Outputs;

/// <summary>One cell place: one unit, or a supply and a load of which never more than one is on. Used by one conversation at a time.</summary>
internal sealed class CellOutput(IReadOnlyList<OutputSide> sides)
{
    private SourceLimits _limits = new(null, null, null, null);

    private OutputSide? Source => sides.FirstOrDefault(s => s.Profile.Sources);

    private OutputSide? Sink => sides.FirstOrDefault(s => s.Profile.Sinks);

    public SourceMeterTraits Traits => new()
    {
        MaxChargeAmperes = Source?.MaxAmperes ?? 0,
        MaxDischargeAmperes = Sink?.MaxAmperes ?? 0,
        MinVolts = 0,
        MaxVolts = sides.Min(s => s.MaxVolts),
        CurrentResolutionAmperes = sides.Max(s => s.ResolutionAmperes),
        HoldsVoltage = sides.All(s => s.Profile.Sequences.Hold is not null),
        ShortestInterval = TimeSpan.FromMilliseconds(sides.Max(s => s.Profile.Transport!.ShortestIntervalMs)),
        Watchdog = sides.All(s => s.Profile.Watchdog is not null) ? TimeSpan.FromSeconds(sides.Min(s => s.Profile.Watchdog!.Seconds)) : null,
    };

    /// <summary>Limits of one job; what no side can hold is said in a sentence each.</summary>
    public async Task<IReadOnlyList<string>> LimitAsync(SourceLimits limits, CancellationToken cancellationToken)
    {
        var values = new StepValues { Limits = limits };
        var held = new HashSet<string>(StringComparer.Ordinal);
        foreach (OutputSide side in sides)
        {
            await side.RunAsync(side.Profile.Sequences.SetLimits, values, cancellationToken);
            held.UnionWith(side.Profile.Sequences.SetLimits.Select(s => s.Symbol).OfType<string>());
        }

        _limits = limits;
        (string Symbol, bool Asked, string Text)[] all =
        [
            ("max_volts", limits.MaxVolts is not null && Source is not null, "upper voltage limit"),
            ("min_volts", limits.MinVolts is not null && Sink is not null, "lower voltage limit"),
            ("max_charge_amperes", limits.MaxChargeAmperes is not null && Source is not null, "limit of the charging current"),
            ("max_discharge_amperes", limits.MaxDischargeAmperes is not null && Sink is not null, "limit of the discharging current"),
        ];
        return [.. all.Where(l => l.Asked && !held.Contains(l.Symbol)).Select(l => $"the device itself holds no {l.Text}: only the service watches it")];
    }

    public Task ApplyAsync(SetPoint setPoint, CancellationToken cancellationToken) => setPoint switch
    {
        OpenCircuitSetPoint or CurrentSetPoint { Amperes: 0 } => OffAsync(sides, cancellationToken),
        CurrentSetPoint { Amperes: > 0 } charge => ChargeAsync(charge.Amperes, cancellationToken),
        CurrentSetPoint discharge => DischargeAsync(-discharge.Amperes, cancellationToken),
        VoltageSetPoint hold => HoldAsync(hold, cancellationToken),
        _ => throw new MapMismatchException($"this output cannot do {setPoint}; it holds currents and voltages", refused: true),
    };

    public async Task<SourceReading> MeasureAsync(CancellationToken cancellationToken)
    {
        var readings = new List<SideReading>();
        foreach (OutputSide side in sides)
        {
            readings.Add(await side.MeasureAsync(cancellationToken));
            await side.RefreshWatchdogAsync(cancellationToken);
        }

        SideReading active = readings.FirstOrDefault(r => r.On, readings[0]);
        string? fault = readings.Count(r => r.On) > 1 ? "supply and load are on at the same time" : readings.Select(r => r.Fault).FirstOrDefault(f => f is not null);
        return new SourceReading(active.TakenAtUtc, active.Volts, readings.Where(r => r.On).Sum(r => r.Amperes), readings.Exists(r => r.On), fault);
    }

    public Task OffAsync(CancellationToken cancellationToken) => OffAsync(sides, cancellationToken);

    private static async Task OffAsync(IEnumerable<OutputSide> sides, CancellationToken cancellationToken)
    {
        Exception? first = null;
        foreach (OutputSide side in sides)
        {
            try
            {
                await side.OffAsync(cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                first ??= e; // the other one is switched off all the same
            }
        }

        if (first is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
        }
    }

    private Task ChargeAsync(double amperes, CancellationToken cancellationToken)
    {
        OutputSide source = Source ?? throw Refuse("a load cannot charge");
        double volts = _limits.MaxVolts ?? throw Refuse("no upper voltage limit has been set; a charge needs it as the device's own end");
        Check(amperes, source.MaxAmperes, _limits.MaxChargeAmperes, source.ResolutionAmperes, "charging");
        return SwitchAsync(source, source.Profile.Sequences.Charge!, new StepValues { Volts = volts, Amperes = amperes, Limits = _limits }, cancellationToken);
    }

    private Task DischargeAsync(double amperes, CancellationToken cancellationToken)
    {
        OutputSide sink = Sink ?? throw Refuse("a supply cannot discharge");
        double volts = _limits.MinVolts ?? throw Refuse("no lower voltage limit has been set; a discharge needs it as the device's own end");
        Check(amperes, sink.MaxAmperes, _limits.MaxDischargeAmperes, sink.ResolutionAmperes, "discharging");
        return SwitchAsync(sink, sink.Profile.Sequences.Discharge!, new StepValues { Volts = volts, Amperes = amperes, Limits = _limits }, cancellationToken);
    }

    private async Task HoldAsync(VoltageSetPoint hold, CancellationToken cancellationToken)
    {
        if (hold.Volts > (_limits.MaxVolts ?? double.NegativeInfinity) || hold.Volts < (_limits.MinVolts ?? 0))
        {
            throw Refuse($"{QuantityText.Volts(hold.Volts)} lies outside the limits that have been set");
        }

        bool charging = hold.Charging ?? (sides.Count == 1 || (await MeasureAsync(cancellationToken)).VoltageVolts <= hold.Volts);
        OutputSide side = (charging ? Source : Sink) ?? sides[0];
        var values = new StepValues
        {
            Volts = hold.Volts,
            ChargeAmperes = Least(hold.MaxAmperes, _limits.MaxChargeAmperes, side.MaxAmperes),
            DischargeAmperes = Least(hold.MaxAmperes, _limits.MaxDischargeAmperes, side.MaxAmperes),
            Limits = _limits,
        };
        await SwitchAsync(side, side.Profile.Sequences.Hold ?? throw Refuse("this output cannot hold a voltage"), values, cancellationToken);
    }

    /// <summary>The others are read back as off before this one goes on.</summary>
    private async Task SwitchAsync(OutputSide side, IReadOnlyList<ProfileStep> steps, StepValues values, CancellationToken cancellationToken)
    {
        await OffAsync(sides.Where(s => s != side), cancellationToken);
        await side.RefreshWatchdogAsync(cancellationToken);
        await side.RunAsync(steps, values, cancellationToken);
    }

    private static void Check(double amperes, double deviceMost, double? limit, double resolution, string what)
    {
        double most = Math.Min(deviceMost, limit ?? deviceMost);
        if (amperes > most * (1 + 1e-9))
        {
            throw Refuse($"{what} with {QuantityText.Short(amperes)} A is more than the {QuantityText.Short(most)} A allowed");
        }

        if (amperes < resolution)
        {
            throw Refuse($"{what} with {QuantityText.Short(amperes)} A is below the device's smallest step of {QuantityText.Short(resolution)} A");
        }
    }

    private static double Least(params ReadOnlySpan<double?> values)
    {
        double least = double.PositiveInfinity;
        foreach (double? value in values)
        {
            least = Math.Min(least, value ?? double.PositiveInfinity);
        }

        return least;
    }

    private static MapMismatchException Refuse(string message) => new(message, refused: true);
}
