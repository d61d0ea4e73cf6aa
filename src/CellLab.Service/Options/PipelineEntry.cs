using CellLab.Core.Devices;

namespace CellLab.Service.Options;

/// <summary>The instruments that act on one cell, by role (<c>cycler</c>), and what the cell sits in.</summary>
public sealed record PipelineEntry(string Id, string Holder, IReadOnlyDictionary<string, ChannelAddress> Roles);
