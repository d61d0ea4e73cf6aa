using System.Globalization;
using System.Numerics;
using CellLab.CellModel;
using CellLab.HardwareSim.Bench;
using CellLab.HardwareSim.Cells;
using CellLab.HardwareSim.Control;
using CellLab.HardwareSim.Time;

namespace CellLab.HardwareSim.Autolab;

/// <summary>The instrument behind its USB link: one line asks, one line answers. It goes on as it is when nobody asks. Within a run its own time goes no
/// further than it is waited for; it never runs ahead of lab time. The cell place's gate covers the state.</summary>
internal sealed class Pgstat(AutolabBenchDevice device, Terminals terminals, BenchContext bench, ulong seed)
{
    public const double MaxAmperes = 1;
    private const double ComplianceVolts = 10;
    private const double OpenLeadAmperes = 2e-12;
    private const double OpenLeadOhms = 1e11;

    /// <summary>A range reads a little beyond its name.</summary>
    private const double OverloadAbove = 1.1;

    private readonly LabPace _pace = new(bench.Clock, bench.Wall);
    private readonly BenchClock _clock = bench.Clock;
    private SplitMix64 _noise = new(seed);
    private double _range = 1e-3;
    private double _setpoint;
    private double _time;
    private bool _inRun;

    private Lock Gate => terminals.Place.Gate;

    private bool Unplugged => bench.Faults.IsOn(FaultNames.UsbPulled, device.Id);

    private bool LeadIsOff => bench.Faults.IsOn(FaultNames.OpenLead, device.Id);

    /// <summary>Brings the cell to the present lab time, unless a run has its own.</summary>
    public void Advance()
    {
        lock (Gate)
        {
            if (!_inRun)
            {
                AdvanceTo(_clock.SecondsNow);
            }
        }
    }

    /// <summary>The bridge has gone: the instrument stays as it is, and its time is that of the laboratory again.</summary>
    public void LinkGone()
    {
        lock (Gate)
        {
            _inRun = false;
        }
    }

    /// <summary>The answer to one line; with the plug pulled it never comes.</summary>
    public async Task<string> AnswerAsync(string line, CancellationToken cancellationToken)
    {
        string[] words = line.Split(' ');
        bool timeOnly = words[0] is "wait" or "begin" or "end";
        if (Unplugged && !timeOnly)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, bench.Wall, cancellationToken);
        }

        if (!timeOnly && bench.Faults.Find(FaultNames.SdkError, device.Id) is { } error && error.Use())
        {
            return "error the instrument did not accept the command";
        }

        double[] values = [.. words.Skip(words[0] == "set" ? 2 : 1).Select(v => double.Parse(v, CultureInfo.InvariantCulture))];
        switch (words[0])
        {
            case "begin":
            case "end":
                Run(words[0] == "begin");
                break;
            case "set":
                Set(words[1], values[0]);
                break;
            case "wait":
                await WaitAsync(values[0], TimeSpan.FromSeconds(values[1]), cancellationToken);
                break;
            case "fra":
                return await MeasureAsync(values[0], values[1], values[2], cancellationToken);
        }

        return Look("", maySpoil: words[0] == "wait");
    }

    private void Run(bool begins)
    {
        lock (Gate)
        {
            AdvanceTo(_time = _clock.SecondsNow);
            _inRun = begins;
        }
    }

    private void Set(string what, double value)
    {
        lock (Gate)
        {
            AdvanceTo(Now);
            switch (what)
            {
                case "cell":
                    _time = Math.Max(_time, terminals.Place.AdvancedTo);
                    terminals.Switch(value > 0, Now);
                    break;
                case "galvanostat":
                    terminals.Mode = value > 0 ? RegulationMode.Galvanostat : RegulationMode.Potentiostat;
                    break;
                case "range":
                    _range = value;
                    break;
                case "setpoint":
                    _setpoint = value;
                    break;
            }

            terminals.SetVolts = terminals.Mode == RegulationMode.Potentiostat ? _setpoint : 0;
            terminals.SetAmperes = terminals.Mode == RegulationMode.Galvanostat ? _setpoint : 0;
        }
    }

    private async Task WaitAsync(double until, TimeSpan longest, CancellationToken cancellationToken)
    {
        if (_clock.SecondsNow < until)
        {
            using var slice = new CancellationTokenSource(longest, bench.Wall);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(slice.Token, cancellationToken);
            await _pace.ReachAsync(until, either.Token).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            cancellationToken.ThrowIfCancellationRequested();
        }

        lock (Gate)
        {
            _time = Math.Max(_time, Math.Min(until, _clock.SecondsNow));
            AdvanceTo(Now);
        }
    }

    private async Task<string> MeasureAsync(double hertz, double amplitude, double seconds, CancellationToken cancellationToken)
    {
        double until = Now + seconds;
        await _pace.ReachAsync(until, cancellationToken);
        lock (Gate)
        {
            _time = until;
            AdvanceTo(Now);
            Complex truth = LeadIsOff ? OpenLeadOhms : new CellImpedance(terminals.Place.Cell.Parameters, terminals.Place.Cell.State).At(hertz) / terminals.Place.Cell.Parallel;
            Complex z = truth * (1 + Noise(2e-3)) * Complex.FromPolarCoordinates(1, Noise(0.2 * Math.PI / 180));
            bool spoiled = bench.Faults.Find(FaultNames.NotANumber, device.Id) is { } fault && fault.Use();
            double peak = Math.Sqrt(2) * (terminals.Mode == RegulationMode.Galvanostat ? 0 : amplitude / truth.Magnitude);
            return Look(Text(spoiled ? double.NaN : z.Real) + " " + Text(spoiled ? double.NaN : z.Imaginary), peak);
        }
    }

    /// <summary><c>ok SECONDS VOLTS AMPERES CELL OVER_I OVER_E STALE</c> and more.</summary>
    private string Look(string more, double peakAmperes = 0, bool maySpoil = false)
    {
        lock (Gate)
        {
            if (!_inRun)
            {
                AdvanceTo(_clock.SecondsNow);
            }

            bool railed = LeadIsOff && terminals.On && terminals.Mode == RegulationMode.Galvanostat;
            double truth = LeadIsOff ? 0 : terminals.Amperes;
            double volts = railed ? Math.Sign(_setpoint) * ComplianceVolts : LeadIsOff && terminals.On ? _setpoint : terminals.Volts;
            double amperes = truth + Noise(LeadIsOff || !terminals.On ? OpenLeadAmperes : 5e-5 * _range);
            bool spoiled = maySpoil && bench.Faults.Find(FaultNames.NotANumber, device.Id) is { } fault && fault.Use();
            bool overload = bench.Faults.IsOn(FaultNames.Overload, device.Id) || Math.Abs(truth) + peakAmperes > OverloadAbove * _range;
            string[] parts =
                ["ok", Text(Now), Text(spoiled ? double.NaN : volts + Noise(20e-6)), Text(amperes), Flag(terminals.On), Flag(overload), Flag(railed), Flag(Unplugged), more];
            return string.Join(' ', parts).TrimEnd();
        }
    }

    private double Now => _inRun ? _time : _clock.SecondsNow;

    private void AdvanceTo(double seconds)
    {
        terminals.OpenLead = LeadIsOff;
        terminals.AdvanceTo(seconds);
    }

    private double Noise(double sigma) => device.Noise ? sigma * _noise.NextNormal() : 0;

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Flag(bool value) => value ? "1" : "0";
}
