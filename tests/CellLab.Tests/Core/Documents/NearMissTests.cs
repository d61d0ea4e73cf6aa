using CellLab.Core.Documents;

namespace CellLab.Tests.Core.Documents;

public sealed class NearMissTests
{
    [Theory]
    [InlineData("siet", "site")]
    [InlineData("sit", "site")]
    [InlineData("Devices", "devices")]
    [InlineData("pipline", "pipelines")]
    [InlineData("xyz", null)]
    public void The_name_that_was_most_likely_meant_is_found(string written, string? meant) =>
        Assert.Equal(meant, NearMiss.Find(written, ["site", "node", "http", "devices", "pipelines"]));
}
