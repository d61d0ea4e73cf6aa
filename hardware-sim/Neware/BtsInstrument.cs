using System.Net;
using CellLab.HardwareSim.Bench;
using CellLab.HardwareSim.Cells;
using CellLab.HardwareSim.Control;
using CellLab.Transport.Listeners;

namespace CellLab.HardwareSim.Neware;

/// <summary>A BTS system on the bench: the system and its TCP port.</summary>
internal sealed class BtsInstrument : IBenchInstrument
{
    private readonly BtsBenchDevice _device;
    private readonly BtsSystem _system;
    private readonly SocketListener _listener;
    private readonly TimeProvider _wall;

    public BtsInstrument(BtsBenchDevice device, BtsSystem system, IReadOnlyList<PipelineEntry> pipelines, TimeProvider wall)
    {
        _device = device;
        _system = system;
        _wall = wall;
        Pipelines = pipelines;
        Channels = [.. system.Channels.Select(c => c.Name)];
        _listener = SocketListener.Tcp(IPAddress.Parse(device.Host), device.Port);
        Log.Listening(system.Logger, device.Id, _listener.Address, Channels.Count);
    }

    public string Id => _device.Id;

    public IReadOnlyList<string> Channels { get; }

    public static IReadOnlyList<string> KnownFaults { get; } =
    [
        .. FaultGroups.Stream, FaultNames.WrongReply, FaultNames.WrongUnits, FaultNames.ListShrink, FaultNames.SharedTestId,
        FaultNames.TolerateBrokenXml, FaultNames.Refuse, FaultNames.StartOkButNothing, FaultNames.ChannelOffline, FaultNames.Protect,
        FaultNames.MainsCut, FaultNames.CellMoved, FaultNames.ShortPage, FaultNames.LateComplete, FaultNames.BarcodeText, FaultNames.WrongUnit,
        FaultNames.CycleOffset,
    ];

    public IReadOnlyList<string> Faults => KnownFaults;

    public IReadOnlyList<PipelineEntry> Pipelines { get; }

    public object ConfigurationEntry => new
    {
        id = _device.Id,
        driver = "Neware",
        simulated = true,
        connection = new { kind = "tcp", host = _device.Host, port = _listener.Address.Port, user = _device.User, password = _device.Password },
        settings = new
        {
            step_file_folder = _system.StepFiles.LocalFolder,
            step_file_folder_on_bts = _system.StepFiles.NameOnBts,
            time_zone = _device.TimeZone,
            units = _device.Units,
            send_connect = _device.SendConnect,
            current_ranges_ma = RangesOfAll(),
        },
    };

    /// <summary>None when cells side by side make them differ from channel to channel.</summary>
    private IReadOnlyList<double> RangesOfAll() =>
        _system.Channels.Select(c => c.Parallel).Distinct().ToArray() is [int parallel] ? CurrentRanges.Of(parallel) : [];

    public Task RunAsync(CancellationToken cancellationToken) => new BtsServer(_system, _listener, _wall).RunAsync(cancellationToken);

    public void Advance() => _system.Advance();

    public ValueTask DisposeAsync()
    {
        _system.Dispose();
        return _listener.DisposeAsync();
    }
}
