using CellLab.Core.Devices;
using CellLab.Drivers.Neware.Messages;

namespace CellLab.Drivers.Neware.Following;

/// <summary>What is known of one followed channel between turns; lost at every connect, on purpose.</summary>
internal sealed class ChannelMemory
{
    private string? _token;
    private FollowState? _state;

    /// <summary>Null until asked, and when it must be asked again.</summary>
    public StoredCount? Count { get; set; }

    public OffsetMeter Offset { get; } = new();

    /// <summary>A copy to work on: of what the last turn left when the cursor follows on it, else read from the cursor's token.</summary>
    public FollowState Begin(ChannelCursor cursor) =>
        (_state is not null && _token == cursor.ResumeToken ? _state : FollowToken.Read(cursor.ResumeToken, cursor.Channel)) with { };

    /// <summary>Keeps the state under the token that stands for it.</summary>
    public string End(FollowState state)
    {
        if (_state is not null && _token is not null && state == _state)
        {
            return _token;
        }

        _token = FollowToken.Write(state);
        _state = state;
        return _token;
    }
}
