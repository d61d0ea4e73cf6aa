using System.Globalization;
using CellLab.HardwareSim.Control;
using CellLab.HardwareSim.Gas;
using CellLab.HardwareSim.Time;

namespace CellLab.HardwareSim.PrismaPro;

/// <summary>The instrument behind its web server: the tree of targets, ownership, source, scanner. May be called from any thread.</summary>
internal sealed class PrismaHead(PrismaBenchDevice device, BenchClock clock, TimeProvider wall, FaultBoard faults, IonSource ions)
{
    /// <summary>The instrument gives up a client that is silent so long.</summary>
    private static readonly TimeSpan s_silence = TimeSpan.FromMinutes(6);

    private const double EmissionSeconds = 3;
    private const uint FilamentError = 1u << 2;
    private const uint PressureError = 1u << 4;

    private readonly Lock _gate = new();
    private readonly PrismaScanner _scanner = new(ions);
    private string _owner = "";
    private string _clientName = "";
    private string _lock = "Unlocked";
    private long _lastRequest;
    private double? _emissionComesAt;
    private uint _errors;

    public void Advance()
    {
        lock (_gate)
        {
            Advance_NeedsGate();
        }
    }

    /// <summary>The JSON of the answer's data; an answer whose name begins with error when it was refused.</summary>
    public (string Name, string Data) Answer(PrismaPath path, string client)
    {
        lock (_gate)
        {
            Advance_NeedsGate();
            GiveUpSilentOwner_NeedsGate(client);
            try
            {
                return path.IsSet ? ("set", Set_NeedsGate(path, client)) : ("got", Get_NeedsGate(path));
            }
            catch (PrismaRefusal refusal)
            {
                return ("errorInvalid", PrismaJson.Text(refusal.Message));
            }
        }
    }

    private void Advance_NeedsGate()
    {
        double now = clock.SecondsNow;
        if (_emissionComesAt <= now)
        {
            _emissionComesAt = null;
            _scanner.Emission = true;
        }

        bool overpressure = faults.IsOn(FaultNames.Overpressure, device.Id);
        bool burnt = faults.IsOn(FaultNames.FilamentOff, device.Id);
        if (overpressure || burnt)
        {
            _errors = (overpressure ? PressureError : 0) | (burnt ? FilamentError : 0);
            _emissionComesAt = null;
            _scanner.Emission = false;
            _scanner.Multiplier = false;
        }

        _scanner.AdvanceTo(now);
    }

    private void GiveUpSilentOwner_NeedsGate(string client)
    {
        if (client == _owner)
        {
            _lastRequest = wall.GetTimestamp();
        }
        else if (_owner.Length > 0 && wall.GetElapsedTime(_lastRequest) > s_silence)
        {
            Release_NeedsGate();
        }
    }

    private void Release_NeedsGate()
    {
        _owner = "";
        _clientName = "";
        _lock = "Unlocked";
    }

    private string Get_NeedsGate(PrismaPath path)
    {
        if (path.Group == "measurement")
        {
            return Measurement_NeedsGate(path.Pairs[0].Key);
        }

        if (path.Group is "electronicsinfo" or "sensorinfo" && !path.Single)
        {
            return path.Group == "sensorinfo"
                ? PrismaJson.Object(("massMax", PrismaJson.Number(device.HighestMass)), ("serialNumber", PrismaJson.Text(device.SerialNumber)))
                : PrismaJson.Object(("firmwareVersion", PrismaJson.Text("1.9.0")), ("serialNumber", PrismaJson.Text($"E{device.SerialNumber}")));
        }

        if (path.Pairs.Count == 0)
        {
            throw new PrismaRefusal("name what to get");
        }

        if (path.Single)
        {
            return Value_NeedsGate(path.Group, path.Pairs[0].Key);
        }

        return $"{{{string.Join(",", path.Pairs.Select(p => $"{PrismaJson.Text(Spelled(p.Key))}:{Value_NeedsGate(path.Group, p.Key)}"))}}}";
    }

    private string Value_NeedsGate(string group, string name) => (group, name) switch
    {
        ("communication", "controlinfo") => PrismaJson.Object(
            ("ipAddress", PrismaJson.Text(Taken ? "192.0.2.7" : _owner)),
            ("clientName", PrismaJson.Text(Taken ? "PV MassSpec" : _clientName)),
            ("controlled", PrismaJson.Bool(Taken || _owner.Length > 0)),
            ("locked", PrismaJson.Bool(_lock != "Unlocked")),
            ("canTakeControl", PrismaJson.Bool(!Taken && _owner.Length == 0)),
            ("canForceControl", PrismaJson.Bool(!Taken))),
        ("communication", "clientname") => PrismaJson.Text(_clientName),
        ("communication", "controllock") => PrismaJson.Text(_lock),
        ("generalcontrol", "setemission") => PrismaJson.Text(_scanner.Emission ? "On" : "Off"),
        ("generalcontrol", "setem") => PrismaJson.Text(_scanner.Multiplier ? "On" : "Off"),
        ("scaninfo", "currentscan") => PrismaJson.Number(_scanner.Current),
        ("scaninfo", "scanning") => PrismaJson.Bool(_scanner.Scanning),
        ("scaninfo", "pointsperscan") => PrismaJson.Number(_scanner.PointsPerScan),
        ("status", "systemstatus") => PrismaJson.Number(SystemStatus),
        ("status", "hardwareerrors") => PrismaJson.Number(_errors),
        ("status", "hardwarewarnings") => "0",
        _ => throw new PrismaRefusal($"there is no {group}/{name}"),
    };

    private bool Taken => faults.IsOn(FaultNames.ControlTaken, device.Id);

    private int SystemStatus => (_scanner.Emission ? 1 : 0) | (_scanner.Scanning ? 2 : 0);

    private string Measurement_NeedsGate(string target)
    {
        if (target == "nextscan")
        {
            string values = _scanner.Last is { } last ? PrismaJson.Values(last.Values) : "null";
            return PrismaJson.Object(
                ("systemStatus", PrismaJson.Number(SystemStatus)), ("currentScan", PrismaJson.Number(_scanner.Current)),
                ("scannum", PrismaJson.Number(_scanner.Last?.Number ?? 0)), ("scansize", PrismaJson.Number(_scanner.Last?.Values.Count ?? 0)), ("values", values));
        }

        if (!target.StartsWith("scans/", StringComparison.Ordinal)
            || !long.TryParse(target["scans/".Length..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
        {
            throw new PrismaRefusal($"there is no measurement/{target}");
        }

        PrismaScanRecord scan = (number == -1 ? _scanner.Last : _scanner.Scan(number)) ?? throw new PrismaRefusal($"scan {number} is not there");
        bool nan = faults.Find(FaultNames.NotANumber, device.Id) is { } fault && fault.Use();
        return PrismaJson.Object(
            ("scannum", PrismaJson.Number(scan.Number)), ("scansize", PrismaJson.Number(scan.Values.Count)), ("values", PrismaJson.Values(scan.Values, nan)));
    }

    private string Set_NeedsGate(PrismaPath path, string client)
    {
        bool controls = !Taken && client == _owner;
        if (path.Group != "communication" && !controls)
        {
            throw new PrismaRefusal("take control first");
        }

        foreach ((string name, string? value) in path.Pairs)
        {
            Set_NeedsGate(path, name, value ?? "", client);
        }

        return PrismaJson.Text("ok");
    }

    private void Set_NeedsGate(PrismaPath path, string name, string value, string client)
    {
        if (path.Channel is int number)
        {
            string? wrong = _scanner.Channel(number) is { } channel ? channel.Set(name, value, device.HighestMass) : $"there is no channel {number}";
            Require(wrong is null, wrong ?? "");
            return;
        }

        switch (path.Group)
        {
            case "communication":
                SetCommunication_NeedsGate(name, value, client);
                break;
            case "generalcontrol":
                SetSource_NeedsGate(name, value);
                break;
            case "scansetup":
                SetScan_NeedsGate(name, value);
                break;
            default:
                throw new PrismaRefusal($"{path.Group} cannot be set");
        }
    }

    private void SetCommunication_NeedsGate(string name, string value, string client)
    {
        Require(!Taken, "another client has control");
        switch (name)
        {
            case "clientname":
                _clientName = value;
                break;
            case "control" when value.Equals("release", StringComparison.OrdinalIgnoreCase):
                Release_NeedsGate();
                break;
            case "control":
                _owner = client;
                _lastRequest = wall.GetTimestamp();
                break;
            case "controllock":
                _lock = value;
                break;
            default:
                throw new PrismaRefusal($"communication has no {name}");
        }
    }

    private void SetSource_NeedsGate(string name, string value)
    {
        bool on = value.Equals("on", StringComparison.OrdinalIgnoreCase);
        switch (name)
        {
            case "setemission" when on && !_scanner.Emission:
                Require(!faults.IsOn(FaultNames.Overpressure, device.Id), "the pressure is too high");
                _errors = 0;
                _emissionComesAt = faults.IsOn(FaultNames.FilamentRefused, device.Id) ? null : clock.SecondsNow + EmissionSeconds;
                break;
            case "setemission" when !on:
                _emissionComesAt = null;
                _scanner.Emission = false;
                break;
            case "setemission":
                break;
            case "setem":
                _scanner.Multiplier = on;
                break;
            default:
                throw new PrismaRefusal($"generalControl has no {name}");
        }
    }

    private void SetScan_NeedsGate(string name, string value)
    {
        switch (name)
        {
            case "scanstop":
                _scanner.Stop();
                break;
            case "scanstart":
                _scanner.Start(clock.SecondsNow);
                break;
            case "startchannel":
                _scanner.StartChannel = (int)Number(name, value, 1, 128);
                break;
            case "stopchannel":
                _scanner.StopChannel = (int)Number(name, value, 1, 128);
                break;
            case "scancount":
                _scanner.ScanCount = (long)Number(name, value, -1, 1e9);
                break;
            case "scaninterval":
                _scanner.IntervalSeconds = Number(name, value, 0, 1e9) * 1e-3;
                break;
            default:
                throw new PrismaRefusal($"scanSetup has no {name}");
        }
    }

    private static double Number(string name, string text, double lowest, double highest) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= lowest && value <= highest
            ? value
            : throw new PrismaRefusal($"{name} does not take {text}");

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new PrismaRefusal(message);
        }
    }

    private static string Spelled(string name) => name switch
    {
        "currentscan" => "currentScan",
        "pointsperscan" => "pointsPerScan",
        _ => name,
    };

    private sealed class PrismaRefusal(string message) : Exception(message);
}
