using System.Collections;
using System.Reflection;
using CellLab.AutolabBridge.Time;

namespace CellLab.AutolabBridge.Sdk;

/// <summary>The calls that are used of the SDK (names as public programs use them). Every member of this class belongs on the SDK's one thread,
/// but for what is known before an instrument is made.</summary>
internal sealed class AutolabInstrument
{
    private static readonly string[] s_needed =
    [
        "AutolabConnection.EmbeddedExeFileToStart", "AutolabConnection.IsConnected", "HardwareSetupFile",
        "Ei.CellOnOff", "Ei.Mode", "Ei.CurrentRange", "Ei.Bandwidth", "Ei.Setpoint", "Ei.EnableDsgInput", "Ei.Potential", "Ei.Current", "Ei.Cell",
        "Ei.CurrentOverload", "Ei.PotentialOverload",
        "Fra.Frequency", "Fra.Amplitude", "Fra.WaveType", "Fra.MinimumIntegrationCycles", "Fra.MinimumIntegrationTime",
        "Fra.Real", "Fra.Imaginary", "Fra.Modulus", "Fra.Phase",
    ];

    private static readonly string[] s_methods = ["Connect", "Disconnect", "HasFraModule", "GetSerialNumber", "SwitchFraOn", "SwitchFraOff"];

    private readonly SdkAssembly _sdk;
    private readonly Dictionary<string, SdkMember> _members;
    private readonly Dictionary<string, MethodInfo?> _methods;
    private readonly MethodInfo? _startFra;
    private object? _instrument;

    public AutolabInstrument(SdkAssembly sdk)
    {
        _sdk = sdk;
        _members = s_needed.ToDictionary(path => path, path => new SdkMember(sdk.Instrument, path));
        _methods = s_methods.ToDictionary(name => name, sdk.FindMethod);
        _startFra = sdk.Instrument.GetProperty("Fra")?.PropertyType.GetMethod("Start", Type.EmptyTypes);
        Missing =
        [
            .. _members.Where(one => one.Value.IsMissing).Select(one => one.Key),
            .. _methods.Where(one => one.Value is null).Select(one => one.Key + "()"),
            .. _startFra is null ? ["Fra.Start()"] : Array.Empty<string>(),
        ];
    }

    public string Version => _sdk.Version;

    /// <summary>Names that the installed SDK does not have.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>A stand-in brings its own time; the vendor's library does not.</summary>
    public bool Simulated => StandInClock.Of(_sdk.Instrument) is not null;

    public bool Connected => _instrument is not null && (bool)Get("AutolabConnection.IsConnected");

    /// <summary>Open sequence: native helper, model file, connect.</summary>
    public (string Serial, bool HasFra) Connect(string hardwareSetup, string adk)
    {
        _instrument ??= Activator.CreateInstance(_sdk.Instrument) ?? throw new SdkException("sdk_error", "no instrument object");
        Set("AutolabConnection.EmbeddedExeFileToStart", adk);
        Set("HardwareSetupFile", hardwareSetup);
        Invoke("Connect");
        if (!Connected)
        {
            throw new SdkException("sdk_error", "the SDK did not connect; is NOVA closed, and is the instrument switched on?");
        }

        return (Convert.ToString(Invoke("GetSerialNumber"), System.Globalization.CultureInfo.InvariantCulture) ?? "", Invoke("HasFraModule") is true);
    }

    public void Disconnect() => Invoke("Disconnect");

    /// <summary>Null when the instrument goes by the machine's clock, as the real one does.</summary>
    public IRunClock? SimulatedClock() => _instrument is { } made ? StandInClock.TryMake(made) : null;

    public double Number(string path) => Convert.ToDouble(Get(path), System.Globalization.CultureInfo.InvariantCulture);

    public bool Flag(string path) => (bool)Get(path);

    public string Word(string path) => Get(path).ToString() ?? "";

    public void Set(string path, object value) => _members[path].Set(Made, value);

    /// <summary>Blocks until the point is measured.</summary>
    public FraPoint MeasureFra()
    {
        object fra = Made.GetType().GetProperty("Fra")!.GetValue(Made, null)!;
        Call("Fra.Start", () => (_startFra ?? throw new SdkException("sdk_missing", "the installed SDK has no Fra.Start")).Invoke(fra, null));
        return new FraPoint(First("Fra.Real"), First("Fra.Imaginary"), First("Fra.Modulus"));
    }

    public void SwitchFra(bool on) => Invoke(on ? "SwitchFraOn" : "SwitchFraOff");

    private object Made => _instrument ?? throw new SdkException("not_connected", "no instrument is connected; send connect first");

    private object Get(string path) => _members[path].Get(Made) ?? throw new SdkException("sdk_error", $"{path} is null");

    private double First(string path) =>
        Convert.ToDouble(((IEnumerable)Get(path)).Cast<object>().First(), System.Globalization.CultureInfo.InvariantCulture);

    private object? Invoke(string name)
    {
        MethodInfo method = _methods[name] ?? throw new SdkException("sdk_missing", $"the installed SDK has no {name}()");
        return Call(name, () => method.IsStatic ? method.Invoke(null, [Made]) : method.Invoke(Made, null));
    }

    private static object? Call(string name, Func<object?> call)
    {
        try
        {
            return call();
        }
        catch (TargetInvocationException e)
        {
            throw new SdkException("sdk_error", $"{name}: {e.InnerException?.Message ?? e.Message}", e);
        }
    }
}

/// <summary>One frequency as the analyser gives it, ohm.</summary>
internal readonly record struct FraPoint(double Real, double Imaginary, double Modulus);
