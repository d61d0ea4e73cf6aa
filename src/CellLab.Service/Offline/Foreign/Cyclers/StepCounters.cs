using System.Globalization;
using CellLab.Core.Cycles;
using CellLab.Service.Offline.Foreign.Tables;

namespace CellLab.Service.Offline.Foreign.Cyclers;

/// <summary>The device's counters as charge and energy since the step began, whatever their scope in the file.</summary>
internal sealed class StepCounters(ForeignTable table, FindingLog log)
{
    private static readonly Quantity[] Directed = [Quantity.ChargeAh, Quantity.DischargeAh, Quantity.ChargeWh, Quantity.DischargeWh];

    private readonly ScopedCounter[] _counters = [.. Directed.Select(_ => new ScopedCounter(table.Scope == CounterScope.Step))];
    private readonly CounterScope _scope = table.Scope;
    private readonly bool _hasDirected = Directed.Any(table.Has);
    private readonly bool _hasAh = table.Has(Quantity.ChargeAh) && table.Has(Quantity.DischargeAh);
    private readonly bool _hasWh = table.Has(Quantity.ChargeWh) && table.Has(Quantity.DischargeWh);
    private readonly bool _hasNet = !(table.Has(Quantity.ChargeAh) && table.Has(Quantity.DischargeAh)) && table.Has(Quantity.NetAh);
    private readonly UndirectedCounter _ah = new(table.Scope);
    private readonly UndirectedCounter _wh = new(table.Scope);

    /// <summary>A capacity that nobody restarts may as well go up and down: only the one named a sum is used then.</summary>
    private readonly Quantity _undirectedAh = table.Has(Quantity.Ah) && table.Scope != CounterScope.Test ? Quantity.Ah : Quantity.CumulativeAh;

    private readonly Quantity _undirectedWh = table.Has(Quantity.Wh) && table.Scope != CounterScope.Test ? Quantity.Wh : Quantity.CumulativeWh;
    private readonly NetCounter _net = new(table, log);
    private double? _lastCycle;
    private double _lastStepSeconds;

    /// <summary>Without direction; null where the file has none.</summary>
    public double? Ah { get; private set; }

    public double? Wh { get; private set; }

    public TwoWay? DirectedAh { get; private set; }

    public TwoWay? DirectedWh { get; private set; }

    public void Take(ForeignRow row, bool begins, double amperes, double stepSeconds)
    {
        double hours = Math.Max(0, begins ? stepSeconds : stepSeconds - _lastStepSeconds) / 3600;
        bool newCycle = row[Quantity.Cycle] is { } cycle && _lastCycle is { } last && cycle != last;
        _lastCycle = row[Quantity.Cycle] ?? _lastCycle;
        _lastStepSeconds = stepSeconds;
        bool mayRestart = _scope switch { CounterScope.Step or CounterScope.Schedule => begins, CounterScope.Cycle => newCycle, _ => false };
        for (int counter = 0; _hasDirected && counter < Directed.Length; counter++)
        {
            Take(row, counter, begins, mayRestart, amperes * (counter % 2 == 0 ? 1 : -1), hours);
        }

        DirectedAh = _hasNet ? _net.Take(row, begins, amperes * hours) : Pair(row, _hasAh, 0);
        DirectedWh = Pair(row, _hasWh, 2);
        double expected = Math.Abs(amperes) * hours;
        Ah = DirectedAh is { } ah ? ah.Total : _hasAh ? null : _ah.Take(row[_undirectedAh], begins, mayRestart, expected);
        Wh = DirectedWh is { } wh ? wh.Total : _hasWh ? null : _wh.Take(row[_undirectedWh], begins, mayRestart, expected * Math.Abs(row[Quantity.Volts] ?? 0));
    }

    private void Take(ForeignRow row, int counter, bool begins, bool mayRestart, double amperes, double hours)
    {
        if (begins)
        {
            _counters[counter].BeginStep();
        }

        if (row[Directed[counter]] is not { } value)
        {
            return;
        }

        double expected = Math.Max(0, amperes) * hours * (counter >= 2 ? row[Quantity.Volts] ?? 0 : 1);
        if (_counters[counter].Add(Math.Abs(value), mayRestart, expected))
        {
            string name = table.NameOf(Directed[counter]);
            log.Warning(ForeignCodes.CounterFell, row.Index, name, string.Create(CultureInfo.InvariantCulture,
                $"row {row.Index}: the counter '{name}' falls to {value:g6}; the parts are added"));
        }
    }

    private TwoWay? Pair(ForeignRow row, bool has, int first) =>
        has && row[Directed[first]] is not null && row[Directed[first + 1]] is not null
            ? new TwoWay(_counters[first].InStep, _counters[first + 1].InStep)
            : null;
}
