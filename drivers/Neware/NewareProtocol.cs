using CellLab.Core.Devices;
using CellLab.Core.Records;

namespace CellLab.Drivers.Neware;

/// <summary>Words and limits of the BTS 8.0 interface, with the vendor's meaning.</summary>
internal static class NewareProtocol
{
    /// <summary>What every reply's command carries behind the request's.</summary>
    public const string ReplySuffix = "_resp";

    /// <summary>Records one download may ask for (vendor's limit).</summary>
    public const int LargestPage = 1000;

    /// <summary>Records asked for in routine: short replies keep a stop from waiting.</summary>
    public const int RoutinePage = 200;

    /// <summary>The present or last test of a channel.</summary>
    public const long PresentTest = 0;

    /// <summary>Text of a refused or unknown element.</summary>
    public const string Refused = "false";

    public const string Accepted = "ok";

    public const int LogStarted = 100000;
    public const int LogFinished = 100001;

    /// <summary>Longest reply taken before the stream is called garbage. The largest known replies, step layers of long tests, stay below.</summary>
    public const int LargestReplyBytes = 64 * 1024 * 1024;

    /// <summary>Every word that is not listed is <see cref="ChannelState.Unknown"/>: nothing is started on it and nothing concluded from it.</summary>
    public static ChannelState StateOf(string word) => word switch
    {
        "working" => ChannelState.Running,
        "pause" => ChannelState.Paused,
        "finish" => ChannelState.Finished,
        "stop" => ChannelState.Stopped,
        "protect" => ChannelState.Protected,
        _ => ChannelState.Unknown,
    };

    public static StepKind StepKindOf(ReadOnlySpan<byte> word) => word switch
    {
        _ when word.SequenceEqual("cc"u8) => StepKind.ConstantCurrentCharge,
        _ when word.SequenceEqual("dc"u8) => StepKind.ConstantCurrentDischarge,
        _ when word.SequenceEqual("rest"u8) => StepKind.Rest,
        _ when word.SequenceEqual("cv"u8) || word.SequenceEqual("dv"u8) => StepKind.ConstantVoltage,
        _ when word.SequenceEqual("cccv"u8) || word.SequenceEqual("cccd"u8) || word.SequenceEqual("pcccv"u8) =>
            StepKind.ConstantCurrentConstantVoltage,
        _ when word.SequenceEqual("cp"u8) || word.SequenceEqual("dp"u8) => StepKind.ConstantPower,
        _ when word.SequenceEqual("cr"u8) || word.SequenceEqual("dr"u8) => StepKind.ConstantResistance,
        _ when word.SequenceEqual("pulse"u8) => StepKind.Pulse,
        _ when word.SequenceEqual("pause"u8) => StepKind.Pause,
        _ when word.SequenceEqual("end"u8) => StepKind.End,
        _ => StepKind.Unknown,
    };
}
