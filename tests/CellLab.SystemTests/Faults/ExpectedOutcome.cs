namespace CellLab.SystemTests.Faults;

/// <summary>What a fault may do to the job that uses its device.</summary>
internal enum FaultEnd
{
    GoesOn,

    /// <summary>Held or over, without current.</summary>
    Held,

    /// <summary>Depends on what the device was doing in that moment; safe both ways.</summary>
    Either,
}

/// <param name="Told">An alarm or an event speaks of it.</param>
internal sealed record ExpectedOutcome(FaultEnd End, bool Told)
{
    /// <summary>Nothing that a running job looks at changes, or not within every instrument's time-outs.</summary>
    private static readonly ExpectedOutcome s_unnoticed = new(FaultEnd.GoesOn, Told: false);

    private static readonly ExpectedOutcome s_told = new(FaultEnd.GoesOn, Told: true);

    private static readonly ExpectedOutcome s_held = new(FaultEnd.Held, Told: true);

    private static readonly ExpectedOutcome s_safe = new(FaultEnd.Either, Told: true);

    private static readonly ExpectedOutcome s_slow = new(FaultEnd.Either, Told: false);

    private static readonly Dictionary<string, ExpectedOutcome> s_source = new()
    {
        ["delay"] = s_held, ["cut-mid-reply"] = s_held, ["never-answer"] = s_held, ["garbage"] = s_held, ["modbus-exception"] = s_held, ["output-trips"] = s_held,
    };

    private static readonly Dictionary<string, ExpectedOutcome> s_potentiostat = new()
    {
        ["delay"] = s_unnoticed, ["cut-mid-reply"] = s_safe, ["never-answer"] = s_safe, ["garbage"] = s_safe, ["byte-split"] = s_unnoticed, ["script-error"] = s_safe,
        ["overload"] = s_told, ["open-lead"] = s_safe, ["not-a-number"] = s_safe, ["slow-abort"] = s_unnoticed, ["no-end-after-error"] = s_unnoticed,
        ["joined-acknowledgement"] = s_unnoticed, ["flow-sign-at-start"] = s_unnoticed, ["corrupt-character"] = s_safe,
    };

    private static readonly Dictionary<string, ExpectedOutcome> s_autolab = new()
    {
        ["delay"] = s_unnoticed, ["cut-mid-reply"] = s_safe, ["never-answer"] = s_safe, ["garbage"] = s_safe, ["byte-split"] = s_unnoticed, ["overload"] = s_unnoticed,
        ["open-lead"] = s_held, ["not-a-number"] = s_held, ["usb-pulled"] = s_safe, ["sdk-error"] = s_safe, ["bridge-dies"] = s_safe,
    };

    private static readonly Dictionary<string, ExpectedOutcome> s_rga = new()
    {
        ["delay"] = s_unnoticed, ["cut-mid-reply"] = s_told, ["never-answer"] = s_unnoticed, ["garbage"] = s_told, ["byte-split"] = s_unnoticed, ["half-word"] = s_unnoticed,
        ["surplus-bytes"] = s_told, ["line-feed-only"] = s_unnoticed, ["stuck-word"] = s_unnoticed, ["head-restart"] = s_told, ["filament-off"] = s_told, ["filament-refused"] = s_unnoticed,
        ["overpressure"] = s_told, ["air-leak"] = s_unnoticed,
    };

    private static readonly Dictionary<string, ExpectedOutcome> s_prisma = new()
    {
        ["delay"] = s_unnoticed, ["cut-mid-reply"] = s_told, ["never-answer"] = s_unnoticed, ["garbage"] = s_told, ["byte-split"] = s_unnoticed, ["server-error"] = s_told,
        ["chunked"] = s_unnoticed, ["control-taken"] = s_unnoticed, ["not-a-number"] = s_unnoticed, ["filament-off"] = s_told, ["filament-refused"] = s_unnoticed,
        ["overpressure"] = s_told, ["air-leak"] = s_unnoticed,
    };

    private static readonly Dictionary<string, ExpectedOutcome> s_panel = new()
    {
        ["delay"] = s_slow, ["cut-mid-reply"] = s_told, ["never-answer"] = s_told, ["garbage"] = s_told, ["modbus-exception"] = s_told, ["stuck-valve"] = s_safe,
        ["air-leak"] = s_unnoticed,
    };

    private static readonly Dictionary<string, ExpectedOutcome> s_diffractometer = new()
    {
        ["delay"] = s_unnoticed, ["cut-mid-reply"] = s_told, ["never-answer"] = s_unnoticed, ["garbage"] = s_told, ["modbus-exception"] = s_told, ["never-busy"] = s_told,
        ["stuck-busy"] = s_told, ["missed-pulse"] = s_told, ["late-busy"] = s_told, ["stuck-contact"] = s_told,
    };

    private static readonly Dictionary<string, ExpectedOutcome> s_land = new()
    {
        ["partial-block"] = s_unnoticed, ["rotate-file"] = s_safe, ["file-locked"] = s_safe, ["folder-away"] = s_safe,
    };

    private static readonly Dictionary<string, ExpectedOutcome> s_cycler = new()
    {
        ["delay"] = s_unnoticed, ["cut-mid-reply"] = s_told, ["never-answer"] = s_unnoticed, ["garbage"] = s_told, ["wrong-reply"] = s_told, ["byte-split"] = s_unnoticed,
        ["wrong-units"] = s_told, ["list-shrink"] = s_unnoticed, ["shared-test-id"] = s_unnoticed, ["tolerate-broken-xml"] = s_unnoticed, ["refuse"] = s_unnoticed,
        ["start-ok-but-nothing"] = s_unnoticed, ["channel-offline"] = s_told, ["protect"] = s_held, ["mains-cut"] = s_held, ["cell-moved"] = s_held,
        ["short-page"] = s_unnoticed, ["late-complete"] = s_unnoticed, ["barcode-text"] = s_unnoticed, ["wrong-subdevid"] = s_unnoticed, ["cycle-offset"] = s_unnoticed,
    };

    /// <summary>By device of <c>config/benches/full.json</c>.</summary>
    private static readonly Dictionary<string, Dictionary<string, ExpectedOutcome>> s_all = new()
    {
        ["cycler1"] = s_cycler, ["land1"] = s_land, ["psb1"] = s_source, ["pair1"] = s_source, ["riden1"] = s_source, ["pstat1"] = s_potentiostat,
        ["pstat2"] = s_potentiostat, ["pstat3"] = s_potentiostat, ["autolab1"] = s_autolab, ["panel1"] = s_panel, ["rga1"] = s_rga, ["rga2"] = s_rga,
        ["prisma1"] = s_prisma, ["xrd1"] = s_diffractometer,
    };

    /// <summary>Its output is stepped by the service over Modbus.</summary>
    public static bool IsSource(string device) => s_all[device] == s_source;

    public static IReadOnlyCollection<string> FaultsOf(string device) => s_all[device].Keys;

    /// <summary>Null when it came as expected.</summary>
    /// <param name="goesOn">The job runs after the fault.</param>
    /// <param name="told">An alarm or an event has come with it.</param>
    public static string? Contradiction(string device, string fault, bool goesOn, bool told)
    {
        ExpectedOutcome expected = s_all[device][fault];
        return (expected.End, goesOn) is (FaultEnd.GoesOn, false) or (FaultEnd.Held, true) ? $"expected {expected.End}, the job {(goesOn ? "goes on" : "does not go on")}"
            : expected.Told && !told ? "neither an alarm nor an event speaks of it"
            : null;
    }
}
