using System.CommandLine;
using System.Text.Json.Nodes;
using CellLab.Cli.Client;
using CellLab.Cli.Text;

namespace CellLab.Cli.Verbs;

/// <summary><c>sample amend NAME</c>: a new version with what was wrong; the versions before stay.</summary>
internal static class SampleAmend
{
    /// <summary>Option, member of the request, description.</summary>
    private static readonly (string Option, string Member, string Description)[] Figures =
    [
        ("--active-mass", "active_mass", "The right active mass, for example 2.03mg"),
        ("--capacity", "capacity", "The right nominal capacity, for example 245mAh/g; jobs keep the currents they were started with"),
        ("--diameter", "diameter", "The right electrode diameter, for example 12mm"),
        ("--accept-capacity", "accept_capacity", "Reason why a capacity outside 50-400 mAh/g is right"),
    ];

    public static Command Build(CliEnvironment environment)
    {
        Argument<string> name = SampleVerbs.NameArgument();
        List<(Option<string> Option, string Member)> options =
            [.. Figures.Select(figure => (new Option<string>(figure.Option) { Description = figure.Description }, figure.Member))];
        var reason = new Option<string>("--reason") { Description = "Why; kept with the new version", Required = true };
        Option<bool> json = Listing.JsonOption();
        var verb = new Command("amend", "Corrects mass, capacity or diameter; the versions before stay, specific values are computed anew") { name, reason, json };
        options.ForEach(option => verb.Add(option.Option));
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var body = new JsonObject { ["reason"] = parsed.GetRequiredValue(reason) };
            foreach ((Option<string> option, string member) in options)
            {
                if (parsed.GetValue(option) is { } value)
                {
                    body[member] = value;
                }
            }

            using var service = new ServiceClient(environment);
            string path = $"samples/{Uri.EscapeDataString(parsed.GetRequiredValue(name))}/amend";
            SampleVerbs.Write(environment, parsed.GetValue(json), await service.PostAsync(path, body, null, cancellationToken));
            return ExitCodes.Done;
        });
        return verb;
    }
}
