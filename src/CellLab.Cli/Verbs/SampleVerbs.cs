using System.CommandLine;
using System.Text.Json;
using CellLab.Cli.Client;
using CellLab.Cli.Text;

namespace CellLab.Cli.Verbs;

/// <summary><c>sample list|show</c>; adding and amending one stand apart.</summary>
internal static class SampleVerbs
{
    public static Command Build(CliEnvironment environment) => new("sample", "The cells under test")
    {
        SampleAdd.Build(environment), List(environment), Show(environment), SampleAmend.Build(environment),
    };

    private static Command List(CliEnvironment environment)
    {
        Option<bool> json = Listing.JsonOption();
        var verb = new Command("list", "Lists samples with the figures in force") { json };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var service = new ServiceClient(environment);
            JsonElement answer = await service.GetAsync("samples", cancellationToken);
            Listing.Write(
                environment, parsed.GetValue(json), answer, "samples",
                Column.Of("name", "name"), Column.Of("version", "version"), Column.Number("active mg", "active_mass_mg", "0.000"),
                Column.Of("mAh/g", "nominal_capacity_mah_g"), OneC(), Column.Of("holder", "holder"), Column.Of("group", "group"));
            return ExitCodes.Done;
        });
        return verb;
    }

    private static Command Show(CliEnvironment environment)
    {
        Argument<string> name = NameArgument();
        Option<bool> json = Listing.JsonOption();
        var verb = new Command("show", "Shows one sample with all its versions") { name, json };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var service = new ServiceClient(environment);
            JsonElement answer = await service.GetAsync($"samples/{Uri.EscapeDataString(parsed.GetRequiredValue(name))}", cancellationToken);
            Write(environment, parsed.GetValue(json), answer);
            return ExitCodes.Done;
        });
        return verb;
    }

    /// <summary>One sample with all its versions.</summary>
    public static void Write(CliEnvironment environment, bool json, JsonElement sample)
    {
        if (!json)
        {
            environment.Out.WriteLine($"{sample.TextOf("name")}, holder {sample.TextOf("holder")}, cycles begin with {sample.TextOf("leading")}");
            environment.Out.WriteLine($"open-circuit voltage when fresh: {sample.TextOf("ocv_low_v")} to {sample.TextOf("ocv_high_v")} V");
        }

        Listing.Write(
            environment, json, sample, "versions",
            Column.Of("version", "version"), Column.Number("active mg", "active_mass_mg", "0.000"), Column.Of("mAh/g", "nominal_capacity_mah_g"),
            OneC(), Column.Of("recorded", "recorded_utc"), Column.Of("by", "recorded_by"), Column.Of("reason", "reason"));
    }

    private static Column OneC() => new("1C", row => row.NumberOf("one_c_a") is { } amperes ? CurrentText.Of(amperes).TrimStart('+') : "");

    public static Argument<string> NameArgument() => new("NAME") { Description = "Sample, as in sample list" };
}
