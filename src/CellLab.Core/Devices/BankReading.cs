namespace CellLab.Core.Devices;

/// <summary>What one turn brought: every channel's state, and the news of the followed ones.</summary>
public sealed record BankReading(IReadOnlyList<ChannelStatus> States, IReadOnlyList<FollowedReading> Followed);
