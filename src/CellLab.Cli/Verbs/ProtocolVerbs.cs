using System.CommandLine;

namespace CellLab.Cli.Verbs;

/// <summary><c>protocol check</c> and its sisters; all work without a service.</summary>
internal static class ProtocolVerbs
{
    public static Command Build(CliEnvironment environment) => new("protocol", "Check, rehearse and convert protocols")
    {
        ProtocolCheckVerb.Build(environment), ProtocolPreviewVerb.Build(environment), ProtocolConvert.Build(environment),
    };
}
