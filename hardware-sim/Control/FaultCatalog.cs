using System.Globalization;

namespace CellLab.HardwareSim.Control;

/// <summary>Every fault and quirk of the bench.</summary>
public static class FaultCatalog
{
    private const string Times = "times: how often, default without end";
    private const string Command = "command: only this command, such as download, or this function of Modbus, such as 3; default all";

    /// <summary>In the order in which they are listed.</summary>
    public static IReadOnlyList<FaultKind> All { get; } =
    [
        Wire(FaultNames.Delay, "every reply comes late", "ms: by how much, wall time, default 1000"),
        Wire(FaultNames.CutMidReply, "the connection ends in the middle of a reply", "bytes: how many come, default half"),
        Wire(FaultNames.NeverAnswer, "requests are carried out but not answered"),
        Wire(FaultNames.Garbage, "replies are bytes that make no sense"),
        Wire(FaultNames.WrongReply, "replies belong to another command"),
        Device(FaultNames.ModbusException, "Modbus requests are refused", "code: exception code, default 4", Times),
        Channel(FaultNames.OutputTrips, "a supply's or load's own protection opens its output, once; clear it when a person has acknowledged it at the instrument"),
        Device(FaultNames.ByteSplit, "replies arrive in small pieces", "bytes: size of a piece, default 1"),
        Device(FaultNames.WrongUnits, "currents, capacities and energies come in mA instead of A, or the other way round"),
        Device(FaultNames.ListShrink, "one unit vanishes from the device list", "unit: which, default 1"),
        Device(FaultNames.SharedTestId, "channels started in one request share one test id"),
        Device(FaultNames.TolerateBrokenXml, "a request that is no XML is answered with false instead of dropping the connection"),
        Channel(FaultNames.Refuse, "start is answered with false"),
        Channel(FaultNames.StartOkButNothing, "start is answered with ok but nothing starts"),
        Channel(FaultNames.ChannelOffline, "the channel is not seen any more; its test goes on"),
        Channel(FaultNames.Protect, "the running test is stopped by its protection, once"),
        Channel(
            FaultNames.MainsCut,
            "current stops on all channels; clear it when the mains are back",
            "state: what the channels show afterwards: stop, finish, protect, or working (paused, goes on by itself), default stop"),
        Channel(
            FaultNames.CellMoved,
            "the cell sits in another channel, and that one's here; clear it to change them back",
            "to: the other channel's name"),
        Channel(FaultNames.ShortPage, "a page of records is short although there are more", "count: records in a page, default 7", Times),
        Channel(FaultNames.LateComplete, "inquiredf says false for a while after the end", "seconds: lab time, default 5"),
        Channel(FaultNames.BarcodeText, "inquire shows another barcode", "text: the barcode"),
        Channel(FaultNames.WrongUnit, "getchlstatus says subdevid 1 whatever was asked"),
        Channel(FaultNames.CycleOffset, "cycle numbers of download begin at 0, those of the step layer at 1"),
        Wire(FaultNames.HalfWord, "mass spectrometer: two bytes of the last ion current are missing"),
        Wire(FaultNames.SurplusBytes, "mass spectrometer: bytes follow an answer", "bytes: how many, default 1"),
        Wire(FaultNames.LineFeedOnly, "mass spectrometer: a text answer ends without its CR"),
        Device(FaultNames.StuckWord, "mass spectrometer: every ion current repeats the last one"),
        Device(FaultNames.HeadRestart, "mass spectrometer: its head alone loses its supply for a moment, so the source is off and no error tells of it"),
        Device(FaultNames.FilamentOff, "mass spectrometer: the filament burns out, and the multiplier goes off with it"),
        Device(FaultNames.FilamentRefused, "mass spectrometer: the emission cannot be reached"),
        Device(FaultNames.Overpressure, "mass spectrometer: its vacuum is lost, filament and multiplier trip"),
        Wire(FaultNames.ServerError, "web server of a mass spectrometer: answers are HTTP 500"),
        Device(FaultNames.Chunked, "web server of a mass spectrometer: answers come in chunks"),
        Device(FaultNames.ControlTaken, "mass spectrometer: another client has taken control"),
        Device(FaultNames.StuckValve, "gas panel: outputs are written but nothing moves"),
        Channel(
            FaultNames.OperatorStart,
            "no fault: a person starts a program at a tester that only a person can start",
            "text: the test name that the person types, default test",
            "program: name of the program, default the first"),
        Channel(FaultNames.OperatorStop, "no fault: a person stops the test at such a tester"),
        Channel(FaultNames.PartialBlock, "data file: the last block is half written"),
        Channel(FaultNames.RotateFile, "data file: the test goes on in a new file"),
        Channel(FaultNames.FileLocked, "data file: it is listed but cannot be opened"),
        Device(FaultNames.FolderAway, "the folder of data files is away"),
        Device(FaultNames.NeverBusy, "diffractometer: it exposes but its busy signal stays off"),
        Device(FaultNames.StuckBusy, "diffractometer: its busy signal stays on"),
        Device(FaultNames.MissedPulse, "diffractometer: a trigger is not noticed", Times),
        Device(FaultNames.LateBusy, "diffractometer: its busy signal comes late", "ms: by how much, wall time, default 1000"),
        Device(FaultNames.StuckContact, "output module of a diffractometer: contacts are written but do not move"),
        Device(FaultNames.AirLeak, "air in the gas line, rising with 300 s"),
        Device(FaultNames.ScriptError, "a running script ends with an error and the cell stays as it is", "packages: after how many, default 1", "code: four hexadecimal digits, default 0032 (cell overload)", Times),
        Device(FaultNames.Overload, "every current reading is marked as overloaded"),
        Device(FaultNames.OpenLead, "the cell's lead is off: only the current's noise is measured"),
        Device(FaultNames.NotANumber, "readings are not numbers", Times),
        Device(FaultNames.SlowAbort, "an abort is carried out late", "ms: by how much, wall time, default 1000", Times),
        Device(FaultNames.NoEndAfterError, "no empty line follows a run-time error"),
        Device(FaultNames.JoinedAcknowledgement, "the reply to a start shares its line with the first output"),
        Device(FaultNames.FlowSignAtStart, "a flow-control sign comes when the line is opened"),
        Device(FaultNames.UsbPulled, "Autolab: calls of the vendor's library do not come back, the cell stays as it is"),
        Device(FaultNames.SdkError, "Autolab: a call of the vendor's library fails", Times),
        Device(FaultNames.BridgeDies, "Autolab: the bridge program is killed, the cell stays as it is; clear it to start the bridge again"),
        Device(FaultNames.CorruptCharacter, "one character of a data package is wrong", Times),
    ];

    /// <summary>Why the fault cannot be set like this, or null.</summary>
    public static string? Check(string name, IReadOnlyDictionary<string, string> parameters)
    {
        if (All.FirstOrDefault(f => f.Name == name) is not FaultKind kind)
        {
            return $"there is no fault '{name}'; known are {string.Join(", ", All.Select(f => f.Name))}";
        }

        foreach ((string key, string value) in parameters)
        {
            if (!kind.Parameters.ContainsKey(key))
            {
                return $"fault {name} has no parameter '{key}'; it has {(kind.Parameters.Count == 0 ? "none" : string.Join(", ", kind.Parameters.Keys))}";
            }

            if (key is not ("command" or "text" or "program" or "state" or "code" or "to") && !IsPositive(value))
            {
                return $"parameter {key} of fault {name}: expected a number above 0, found '{value}'";
            }
        }

        return parameters.TryGetValue("state", out string? state) && state is not ("stop" or "finish" or "protect" or "working")
            ? $"parameter state of fault {name}: expected stop, finish, protect or working, found '{state}'"
            : null;
    }

    private static bool IsPositive(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value > 0 && double.IsFinite(value);

    private static FaultKind Wire(string name, string text, params string[] parameters) => Make(name, text, [.. parameters, Command, Times], onChannel: false);

    private static FaultKind Device(string name, string text, params string[] parameters) => Make(name, text, parameters, onChannel: false);

    private static FaultKind Channel(string name, string text, params string[] parameters) => Make(name, text, parameters, onChannel: true);

    private static FaultKind Make(string name, string text, string[] parameters, bool onChannel) =>
        new(name, text, parameters.Select(p => p.Split(": ", 2)).ToDictionary(p => p[0], p => p[1]), onChannel);
}
