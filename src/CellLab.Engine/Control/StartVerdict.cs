using CellLab.Core.Devices;
using CellLab.Core.Jobs;

namespace CellLab.Engine.Control;

/// <summary>What comparing a start intent with the instrument says.</summary>
internal enum StartVerdict { Ours, NotStarted, Unclear }

internal static class StartVerdicts
{
    /// <summary>Our barcode under a new test id = ours, in whatever state. The test id from before with the channel at rest = not started. Else unclear.</summary>
    public static StartVerdict Compare(StartIntent intent, ChannelStatus found)
    {
        bool newTest = found.TestId is not null && found.TestId != intent.PreviousTestId;
        if (newTest && found.Barcode == intent.Barcode)
        {
            return StartVerdict.Ours;
        }

        bool atRest = found.State is ChannelState.Idle or ChannelState.Finished or ChannelState.Stopped or ChannelState.Protected;
        return !newTest && atRest ? StartVerdict.NotStarted : StartVerdict.Unclear;
    }
}
