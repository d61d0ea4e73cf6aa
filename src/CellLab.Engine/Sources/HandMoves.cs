using System.Collections.Concurrent;
using System.Globalization;
using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Engine.Live;

namespace CellLab.Engine.Sources;

/// <summary>Cells that a person plugs over from one instrument to another: what was asked, the voltage before, and whether somebody has said that it is done.</summary>
internal sealed class HandMoves
{
    /// <summary>A cell at rest shows the same voltage on both instruments within this.</summary>
    public const double ToleranceVolts = 0.030;

    private readonly ConcurrentDictionary<JobId, Move> _open = new();
    private readonly ConcurrentDictionary<JobId, byte> _accepted = new();

    public static string Task(ChannelAddress from, ChannelAddress to) =>
        $"plug the cell over from {from} to {to} (moved by hand), then resume the job";

    /// <summary>Asks for the move, or finds that a person has confirmed it.</summary>
    /// <param name="volts">What the instrument that is left sees now; kept from the first time on.</param>
    /// <returns>The confirmed move; null while a person has to act.</returns>
    public Move? Confirmed(LiveJob live, ChannelAddress from, ChannelAddress to, double? volts)
    {
        Move move = _open.AddOrUpdate(
            live.Id, _ => new Move(from, to, volts, false), (_, open) => open.From == from && open.To == to ? open : new Move(from, to, volts, false));
        return move.IsConfirmed ? move : null;
    }

    /// <summary>A person resumes the job: what was asked is done.</summary>
    /// <param name="accepted">With a reason why the voltages may differ.</param>
    public void Confirm(JobId job, bool accepted)
    {
        if (accepted)
        {
            _accepted[job] = 0;
        }

        if (_open.TryGetValue(job, out Move? move))
        {
            _open.TryUpdate(job, move with { IsConfirmed = true }, move);
        }
    }

    /// <summary>It was not so: the task stands again.</summary>
    public void Reopen(JobId job)
    {
        if (_open.TryGetValue(job, out Move? move))
        {
            _open.TryUpdate(job, move with { IsConfirmed = false }, move);
        }
    }

    public bool IsAccepted(JobId job) => _accepted.ContainsKey(job);

    public void Done(JobId job)
    {
        _open.TryRemove(job, out _);
        _accepted.TryRemove(job, out _);
    }

    /// <summary>Null when both see the same cell.</summary>
    /// <param name="accepted">A person takes it as it is.</param>
    public static string? Difference(ChannelAddress from, double? before, ChannelAddress to, double? after, bool accepted)
    {
        if (accepted || (before is { } left && after is { } found && Math.Abs(found - left) <= ToleranceVolts))
        {
            return null;
        }

        return before is null || after is null
            ? $"the voltages on {from} and {to} cannot be compared: {(before is null ? from : to)} told none; look at the cell, then resume the job with a reason (--accept-ocv)"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{to} sees {after:F3} V, {from} saw {before:F3} V: they differ by more than {ToleranceVolts * 1000:F0} mV, so this may be another cell or a bad contact; mend it and resume the job, or give a reason (--accept-ocv)");
    }

    internal sealed record Move(ChannelAddress From, ChannelAddress To, double? VoltsBefore, bool IsConfirmed);
}
