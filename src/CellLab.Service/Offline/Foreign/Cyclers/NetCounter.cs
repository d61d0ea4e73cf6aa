using System.Globalization;
using CellLab.Core.Cycles;
using CellLab.Service.Offline.Foreign.Tables;

namespace CellLab.Service.Offline.Foreign.Cyclers;

/// <summary>A counter that goes both ways, as charge and discharge since the step began. The charge before its first row is not known. Some begin anew at a
/// technique or cycle: that is no discharge, so the current decides which it was.</summary>
internal sealed class NetCounter(ForeignTable table, FindingLog log)
{
    /// <summary>A change within a step that is so many times larger than the current explains may be a new beginning.</summary>
    private const double Inexplicable = 3;

    private const double LastDigit = 1e-6;

    private double? _last;
    private double _largest;
    private TwoWay _moved;

    /// <param name="expected">What the current says has moved since the row before, in Ah, positive on charge.</param>
    /// <returns>Counted since the step began; null where the row has no value.</returns>
    public TwoWay? Take(ForeignRow row, bool begins, double expected)
    {
        if (begins)
        {
            _moved = default;
        }

        if (row[Quantity.NetAh] is not { } net)
        {
            return null;
        }

        double change = net - (_last ?? net);
        _largest = Math.Max(_largest, Math.Abs(net));
        bool undecided = begins || Math.Abs(change) > (Inexplicable * Math.Abs(expected)) + (LastDigit * _largest);
        if (undecided && Math.Abs(net - expected) < Math.Abs(change - expected))
        {
            Tell(row, begins, net);
            change = net;
        }

        _moved = _moved.Plus(change);
        _last = net;
        return _moved;
    }

    private void Tell(ForeignRow row, bool begins, double net)
    {
        if (!begins)
        {
            string name = table.NameOf(Quantity.NetAh);
            log.Warning(ForeignCodes.CounterFell, row.Index, name, string.Create(CultureInfo.InvariantCulture,
                $"row {row.Index}: the counter '{name}' jumps to {net:g6}, which the current does not explain; it is taken to begin anew here"));
        }
    }
}
