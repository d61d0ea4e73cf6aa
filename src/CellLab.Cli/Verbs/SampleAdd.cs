using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using CellLab.Cli.Client;
using CellLab.Cli.Text;

namespace CellLab.Cli.Verbs;

/// <summary><c>sample add NAME</c>. Values go to the service as typed, units and all; it reads and checks them.</summary>
internal static class SampleAdd
{
    /// <summary>Option, member of the request, description.</summary>
    private static readonly (string Option, string Member, string Description)[] Figures =
    [
        ("--electrode-mass", "electrode_mass", "Electrode disc with its foil, for example 15.1mg"),
        ("--foil-mass", "foil_mass", "The bare foil disc, for example 12.6mg"),
        ("--active-fraction", "active_fraction", "Share of active material in the coating, for example 0.80"),
        ("--active-mass", "active_mass", "Active mass itself; refused when more than 5 % off the computed one"),
        ("--diameter", "diameter", "Electrode diameter, for example 10mm; the loading is checked with it"),
        ("--capacity", "capacity", "What 1C means: nominal capacity, for example 250mAh/g"),
        ("--accept-capacity", "accept_capacity", "Reason why a capacity outside 50-400 mAh/g is right, for example silicon"),
        ("--holder", "holder", "What the cell sits in: coin (default), dems-flow, xrd-window, pouch"),
        ("--ocv", "ocv", "Open-circuit voltage of a fresh cell, for example 2.5-3.6V"),
        ("--leading", "leading", "With what a cycle begins: charge (default) or discharge"),
        ("--group", "group", "Samples that belong together"),
        ("--material", "material", "What the electrode is made of; cells of one material are replicates in a report"),
        ("--formula", "formula", "Of the active material as assembled, for example Li1.2Mn0.6Ni0.2O2; gives x of Li"),
    ];

    public static Command Build(CliEnvironment environment)
    {
        var name = new Argument<string>("NAME") { Description = "New name" };
        List<(Option<string> Option, string Member)> options =
            [.. Figures.Select(figure => (new Option<string>(figure.Option) { Description = figure.Description }, figure.Member))];
        Option<bool> json = Listing.JsonOption();
        var verb = new Command("add", "Registers a cell: masses, nominal capacity, holder") { name, json };
        options.ForEach(option => verb.Add(option.Option));
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var body = new JsonObject { ["name"] = parsed.GetRequiredValue(name) };
            foreach ((Option<string> option, string member) in options)
            {
                if (parsed.GetValue(option) is { } value)
                {
                    body[member] = value;
                }
            }

            using var service = new ServiceClient(environment);
            JsonElement answer = await service.PostAsync("samples", body, null, cancellationToken);
            Listing.WriteAnswer(environment, parsed.GetValue(json), answer, Sentence(answer));
            return ExitCodes.Done;
        });
        return verb;
    }

    private static string Sentence(JsonElement sample) =>
        $"sample {sample.TextOf("name")}: {sample.FixedOf("active_mass_mg", "0.000")} mg active, {sample.TextOf("nominal_capacity_mah_g")} mAh/g, " +
        $"1C = {CurrentText.Of(sample.NumberOf("one_c_a") ?? 0).TrimStart('+')}";
}
