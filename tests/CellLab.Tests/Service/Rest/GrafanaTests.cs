using System.Text.Json;
using System.Text.RegularExpressions;
using CellLab.Core.Storage;
using CellLab.Tests.Core;

namespace CellLab.Tests.Service.Rest;

/// <summary>The dashboard that comes with the program reads what there is.</summary>
public sealed partial class GrafanaTests
{
    [Fact]
    public async Task Every_metric_of_the_dashboard_is_served_and_every_one_served_is_shown()
    {
        await using RestBench bench = await RestBench.StartAsync();
        await bench.Journal.CommitAsync(new JournalWrite { Jobs = [Stories.Job("abcdefgh2342", "cell")] }, default);
        string text = RepositoryFiles.Text("config", "grafana", "celllab.json");
        using JsonDocument dashboard = JsonDocument.Parse(text);
        string served = await bench.Http.GetStringAsync("/metrics");

        HashSet<string> shown = [.. Metric().Matches(text).Select(match => match.Value)];
        HashSet<string> known = [.. Metric().Matches(served).Select(match => match.Value)];

        Assert.NotEmpty(dashboard.RootElement.GetProperty("panels").EnumerateArray());
        Assert.Empty(shown.Except(known));
        Assert.Empty(known.Except(shown).Except(["celllab_commit_seconds"])); // the family, whose series are shown
    }

    [GeneratedRegex("celllab_[a-z_]+")]
    private static partial Regex Metric();
}
