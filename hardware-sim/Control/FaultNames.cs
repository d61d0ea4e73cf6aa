namespace CellLab.HardwareSim.Control;

/// <summary>Names of faults and quirks as people type them; <see cref="FaultCatalog"/> says what each does.</summary>
internal static class FaultNames
{
    public const string Delay = "delay";
    public const string CutMidReply = "cut-mid-reply";
    public const string NeverAnswer = "never-answer";
    public const string Garbage = "garbage";
    public const string Refuse = "refuse";
    public const string ChannelOffline = "channel-offline";
    public const string Protect = "protect";
    public const string WrongUnits = "wrong-units";
    public const string CellMoved = "cell-moved";
    public const string MainsCut = "mains-cut";
    public const string StartOkButNothing = "start-ok-but-nothing";
    public const string ShortPage = "short-page";
    public const string ListShrink = "list-shrink";
    public const string ByteSplit = "byte-split";
    public const string WrongUnit = "wrong-subdevid";
    public const string CycleOffset = "cycle-offset";
    public const string SharedTestId = "shared-test-id";
    public const string LateComplete = "late-complete";
    public const string BarcodeText = "barcode-text";
    public const string TolerateBrokenXml = "tolerate-broken-xml";
    public const string WrongReply = "wrong-reply";
    public const string HalfWord = "half-word";
    public const string SurplusBytes = "surplus-bytes";
    public const string LineFeedOnly = "line-feed-only";
    public const string StuckWord = "stuck-word";
    public const string FilamentOff = "filament-off";
    public const string FilamentRefused = "filament-refused";
    public const string Overpressure = "overpressure";
    public const string AirLeak = "air-leak";
    public const string StuckValve = "stuck-valve";
    public const string ScriptError = "script-error";
    public const string Overload = "overload";
    public const string OpenLead = "open-lead";
    public const string NotANumber = "not-a-number";
    public const string SlowAbort = "slow-abort";
    public const string NoEndAfterError = "no-end-after-error";
    public const string JoinedAcknowledgement = "joined-acknowledgement";
    public const string FlowSignAtStart = "flow-sign-at-start";
    public const string CorruptCharacter = "corrupt-character";
    public const string ModbusException = "modbus-exception";
    public const string OutputTrips = "output-trips";
    public const string ServerError = "server-error";
    public const string Chunked = "chunked";
    public const string ControlTaken = "control-taken";
    public const string OperatorStart = "operator-start";
    public const string OperatorStop = "operator-stop";
    public const string PartialBlock = "partial-block";
    public const string RotateFile = "rotate-file";
    public const string FileLocked = "file-locked";
    public const string FolderAway = "folder-away";
}
