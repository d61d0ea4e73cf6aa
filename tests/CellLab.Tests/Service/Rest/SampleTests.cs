using System.Net;
using System.Text.Json;
using CellLab.Core.Events;

namespace CellLab.Tests.Service.Rest;

public sealed class SampleTests
{
    [Fact]
    public async Task A_sample_is_computed_of_its_masses_and_audited()
    {
        await using RestBench bench = await RestBench.StartAsync();

        JsonElement added = await bench.PostAsync("samples", Cell("lmno-1"), HttpStatusCode.Created, user: "anna");

        Assert.Equal(("lmno-1", 1, "coin", "charge"), (added.Text("name"), added.GetProperty("version").GetInt32(), added.Text("holder"), added.Text("leading")));
        Assert.Equal(2, added.GetProperty("active_mass_mg").GetDouble(), 1e-9);
        Assert.Equal(5e-4, added.GetProperty("one_c_a").GetDouble(), 1e-12);
        AuditEntry audit = Assert.Single(await bench.Journal.ReadAuditAsync(0, 10, CancellationToken.None));
        Assert.Equal(("anna", "sample add", "lmno-1"), (audit.Who, audit.Command, audit.Target));
    }

    [Fact]
    public async Task A_name_is_given_only_once()
    {
        await using RestBench bench = await RestBench.StartAsync();
        await bench.PostAsync("samples", Cell("lmno-1"), HttpStatusCode.Created);

        JsonElement problem = await bench.PostAsync("samples", Cell("lmno-1"), HttpStatusCode.Conflict);

        Assert.Equal("name", problem.Text("field"));
    }

    [Fact]
    public async Task Everything_wrong_with_a_sample_is_told_at_once()
    {
        await using RestBench bench = await RestBench.StartAsync();
        Dictionary<string, string> request = Cell("lmno 1");
        request["capacity"] = "250";

        JsonElement problem = await bench.PostAsync("samples", request, HttpStatusCode.UnprocessableEntity);

        Assert.Equal(["name", "capacity"], problem.GetProperty("errors").EnumerateArray().Select(error => error.Text("field")));
        Assert.Empty(await bench.Journal.ReadSamplesAsync(null, CancellationToken.None));
    }

    [Fact]
    public async Task An_amendment_adds_a_version_and_keeps_the_first()
    {
        await using RestBench bench = await RestBench.StartAsync();
        await bench.PostAsync("samples", Cell("lmno-1"), HttpStatusCode.Created);

        JsonElement details = await bench.PostAsync("samples/lmno-1/amend", new { active_mass = "2.1mg", reason = "weighed again" }, user: "anna");

        Assert.Equal(2, details.GetProperty("version").GetInt32());
        Assert.Equal([2.0, 2.1], details.GetProperty("versions").EnumerateArray().Select(version => Math.Round(version.GetProperty("active_mass_mg").GetDouble(), 9)));
        Assert.Equal("weighed again", details.GetProperty("versions")[1].Text("reason"));
        Assert.Equal(details.GetRawText(), (await bench.GetAsync("samples/lmno-1")).GetRawText());
        Assert.Equal(2, Assert.Single((await bench.GetAsync("samples")).GetProperty("samples").EnumerateArray()).GetProperty("version").GetInt32());
    }

    [Theory]
    [InlineData(null, "why", "active_mass")]
    [InlineData("2.1mg", null, "reason")]
    [InlineData("2g", "why", "active_mass")]
    public async Task A_wrong_amendment_is_refused(string? mass, string? reason, string field)
    {
        await using RestBench bench = await RestBench.StartAsync();
        await bench.PostAsync("samples", Cell("lmno-1"), HttpStatusCode.Created);

        JsonElement problem = await bench.PostAsync("samples/lmno-1/amend", new { active_mass = mass, reason }, HttpStatusCode.UnprocessableEntity);

        Assert.Equal(field, problem.Text("field"));
        Assert.Single(await bench.Journal.ReadSamplesAsync("lmno-1", CancellationToken.None));
    }

    [Fact]
    public async Task An_unusual_capacity_needs_a_reason_which_is_shown_and_audited()
    {
        await using RestBench bench = await RestBench.StartAsync();
        Dictionary<string, string> request = Cell("si-1");
        request["capacity"] = "3579mAh/g";
        JsonElement problem = await bench.PostAsync("samples", request, HttpStatusCode.UnprocessableEntity);
        Assert.Equal("capacity", problem.Text("field"));

        request["accept_capacity"] = "silicon";
        JsonElement added = await bench.PostAsync("samples", request, HttpStatusCode.Created);
        Assert.Equal("silicon", added.Text("accepted_capacity_reason"));
        Assert.Equal("silicon", Assert.Single(await bench.Journal.ReadAuditAsync(0, 10, CancellationToken.None)).Reason);

        JsonElement details = await bench.PostAsync("samples/si-1/amend", new { capacity = "300mAh/g", reason = "graphite after all" });
        Assert.Equal([3579.0, 300.0], details.GetProperty("versions").EnumerateArray().Select(version => version.GetProperty("nominal_capacity_mah_g").GetDouble()));
        Assert.Equal(JsonValueKind.Null, details.GetProperty("accepted_capacity_reason").ValueKind);
    }

    [Fact]
    public async Task A_sample_that_is_not_there_is_404()
    {
        await using RestBench bench = await RestBench.StartAsync();

        await bench.RefusedAsync("samples/nobody", HttpStatusCode.NotFound);
        await bench.PostAsync("samples/nobody/amend", new { active_mass = "2mg", reason = "x" }, HttpStatusCode.NotFound);
    }

    private static Dictionary<string, string> Cell(string name) => new()
    {
        ["name"] = name,
        ["electrode_mass"] = "15.1mg",
        ["foil_mass"] = "12.6mg",
        ["active_fraction"] = "0.80",
        ["capacity"] = "250mAh/g",
        ["diameter"] = "10mm",
    };
}
