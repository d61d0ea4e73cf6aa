using System.CommandLine;
using CellLab.Core.Devices;
using CellLab.Service.Offline;
using CellLab.Service.Options;

namespace CellLab.Cli.Text;

/// <summary>Which channel a protocol is meant for: <c>--config FILE --pipeline P</c> by a configuration, or <c>--ranges</c> by hand.</summary>
internal sealed class ChannelOptions
{
    private readonly Option<string> pipeline = new("--pipeline") { Description = "Where it is to run; with --config by that file, else asked of the service" };
    private readonly Option<string> config = new("--config") { Description = "Configuration that holds the pipeline" };
    private readonly Option<string> ranges = new("--ranges") { Description = "Current ranges of the channel, for example 1mA,10mA; assumed: 0.1, 1, 5 and 10 mA" };

    public void AddTo(Command verb)
    {
        verb.Add(pipeline);
        verb.Add(config);
        verb.Add(ranges);
    }

    /// <summary>The pipeline is one of the running service, which has to be asked.</summary>
    public string? OfService(ParseResult parsed) => parsed.GetValue(config) is null ? parsed.GetValue(pipeline) : null;

    /// <summary>By a configuration file or by <c>--ranges</c>; null when neither is given.</summary>
    /// <exception cref="CliException">The pipeline is not in the file, or the ranges are no currents.</exception>
    public ChosenChannel? Read(ParseResult parsed)
    {
        IReadOnlyList<double>? given = CurrentRanges.Read(parsed.GetValue(ranges));
        if (parsed.GetValue(config) is not { } file)
        {
            return given is null ? null : new ChosenChannel("--ranges", new ChannelCapability { CurrentRangesAmperes = given }, null);
        }

        string id = parsed.GetValue(pipeline) ?? throw CliException.Usage("--config needs --pipeline P, which says where in it the protocol is to run");
        ServiceConfiguration configuration = ConfigurationFile.Load(file);
        PipelineEntry found = configuration.FindPipeline(id)
            ?? throw CliException.Failed($"{file}: there is no pipeline '{id}'; configured are {string.Join(", ", configuration.Pipelines.Select(known => known.Id))}");
        var chosen = ChosenChannel.Of(configuration, found);
        return given is null ? chosen : chosen with { Capability = chosen.Capability with { CurrentRangesAmperes = given } };
    }
}
