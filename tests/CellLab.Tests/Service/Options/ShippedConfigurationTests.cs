using System.Text.Json;
using CellLab.Service.Options;
using CellLab.Tests.Core;
using NJsonSchema;

namespace CellLab.Tests.Service.Options;

public sealed class ShippedConfigurationTests
{
    [Fact]
    public void The_example_is_accepted_by_the_service()
    {
        ServiceConfiguration read = ConfigurationFile.Load(RepositoryFile("config/celllab.json"));

        Assert.Equal(["coin-1", "coin-2"], read.Pipelines.Select(pipeline => pipeline.Id));
        Assert.False(Assert.Single(read.Devices).Simulated);
    }

    [Fact]
    public async Task The_example_fits_the_schema_and_the_schema_refuses_what_the_service_refuses()
    {
        JsonSchema schema = await JsonSchema.FromFileAsync(RepositoryFile("config/schemas/celllab.schema.json"));
        string example = WithoutComments(await File.ReadAllTextAsync(RepositoryFile("config/celllab.json")));

        Assert.Empty(schema.Validate(example));
        Assert.NotEmpty(schema.Validate(example.Replace("\"site\"", "\"sight\"", StringComparison.Ordinal)));
        Assert.NotEmpty(schema.Validate(example.Replace("\"managed\":true", "\"managed\":\"yes\"", StringComparison.Ordinal)));
        Assert.NotEmpty(schema.Validate(example.Replace("127.0.0.1:8070", "0.0.0.0:8070", StringComparison.Ordinal)));
    }

    private static string WithoutComments(string text)
    {
        using JsonDocument document = JsonDocument.Parse(
            text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        return JsonSerializer.Serialize(document.RootElement);
    }

    private static string RepositoryFile(string path) => RepositoryFiles.PathOf(path);
}
