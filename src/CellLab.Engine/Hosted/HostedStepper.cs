using CellLab.Core.Devices;
using CellLab.Core.Time;
using Microsoft.Extensions.Logging;

namespace CellLab.Engine.Hosted;

/// <summary>Steps the test of one output: look, think, act, and say when to look again. Whatever does not work out ends with the circuit open and
/// the test held.</summary>
internal sealed class HostedStepper(HostedOutput output, string address, Lock gate, HostedTimings timings, Clocks clocks, ILogger logger)
{
    /// <summary>Readings in a row that do not fit the order, or do not come.</summary>
    private const int MostStrikes = 3;

    /// <summary>Rows that may wait for the disk.</summary>
    private const int MostUnstored = 500;

    private int _strikes;
    private long _nextLookWall;

    /// <summary>Wall time until the output wants to be looked at.</summary>
    public TimeSpan UntilNextLook => clocks.Wall.GetElapsedTime(clocks.Wall.GetTimestamp(), _nextLookWall);

    public async Task LookAsync(HostedRun run, CancellationToken cancellationToken)
    {
        long ticket = output.Ticket;
        SourceReading reading;
        try
        {
            reading = await output.MeasureAsync(cancellationToken);
        }
        catch (DeviceFaultException fault) when (run.IsStepping)
        {
            await StrikeAsync(run, fault.Message, mustOpen: !fault.IsTransient);
            throw; // the connection is made anew, and the next turn begins from the same cursors
        }

        if (!run.IsStepping)
        {
            await RestAsync(reading);
        }
        else if (Plausibility.Wrong(output.Asked, reading, output.Traits) is { } wrong)
        {
            await StrikeAsync(run, wrong, mustOpen: false);
            LookAgainIn(output.Traits.ShortestInterval, TimeSpan.Zero);
        }
        else
        {
            await StepAsync(run, reading, ticket);
        }
    }

    /// <summary>For an output on which nothing is followed.</summary>
    public async Task IdleAsync(CancellationToken cancellationToken)
    {
        if (UntilNextLook <= TimeSpan.Zero)
        {
            await RestAsync(await output.MeasureAsync(cancellationToken));
        }
    }

    /// <summary>Gives the output the set-point of the test; when that does not work out the circuit is opened. Not to be called off half way.</summary>
    /// <param name="ticket">Taken before the set-point was thought out.</param>
    public async Task DriveAsync(HostedRun run, long ticket)
    {
        output.BeginListening();
        _nextLookWall = clocks.Wall.GetTimestamp();
        try
        {
            if (!await output.ApplyAsync(run.SetPoint, ticket, CancellationToken.None))
            {
                Hold(run, "the circuit was opened while it was to be closed");
                return;
            }

            lock (gate)
            {
                run.Driven(clocks.Lab.GetUtcNow());
            }
        }
        catch (DeviceFaultException fault)
        {
            await HoldAndOpenAsync(run, $"the set-point was not confirmed ({fault.Message})");
        }
    }

    public void Hold(HostedRun run, string because)
    {
        lock (gate)
        {
            if (!run.IsStepping)
            {
                return;
            }

            run.Hold(because);
        }

        Log.Held(logger, address, because);
    }

    private async Task StepAsync(HostedRun run, SourceReading reading, long ticket)
    {
        _strikes = 0;
        lock (gate)
        {
            if (run.IsStepping)
            {
                run.Take(reading, output.Traits.ShortestInterval.TotalSeconds);
            }
        }

        if (run.Unstored > MostUnstored)
        {
            await HoldAndOpenAsync(run, $"{run.Unstored} rows could not be stored");
        }
        else if (!run.IsStepping)
        {
            await output.OpenAsync(CancellationToken.None);
        }
        else if (run.SetPoint != output.Asked)
        {
            await DriveAsync(run, ticket);
        }

        LookAgainIn(TimeSpan.FromSeconds(run.NextLookSeconds), TimeSpan.Zero);
    }

    private async Task StrikeAsync(HostedRun run, string wrong, bool mustOpen)
    {
        if (++_strikes >= MostStrikes || mustOpen)
        {
            _strikes = 0;
            await HoldAndOpenAsync(run, wrong);
        }
    }

    private async Task HoldAndOpenAsync(HostedRun run, string because)
    {
        Hold(run, because);
        await output.OpenAsync(CancellationToken.None);
    }

    /// <summary>An output on which nothing is stepped must be off, whoever has switched it on; what was told to open already is the watch's.</summary>
    private async Task RestAsync(SourceReading reading)
    {
        LookAgainIn(timings.IdleInterval, timings.ShortestIdleOnWall);
        if (reading.OutputOn && !output.IsUnconfirmed)
        {
            await output.OpenAsync(CancellationToken.None);
        }
    }

    private void LookAgainIn(TimeSpan lab, TimeSpan leastWall)
    {
        TimeSpan wall = lab / clocks.Lab.Speed;
        TimeSpan wait = wall > leastWall ? wall : leastWall;
        _nextLookWall = clocks.Wall.GetTimestamp() + (long)(wait.TotalSeconds * clocks.Wall.TimestampFrequency);
    }
}
