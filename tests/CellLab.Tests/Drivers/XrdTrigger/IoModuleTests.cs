using CellLab.Core.Time;
using CellLab.Drivers.Catalog;
using CellLab.Drivers.XrdTrigger;
using CellLab.Drivers.XrdTrigger.Contacts;
using CellLab.Tests.Architecture;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using NJsonSchema;

namespace CellLab.Tests.Drivers.XrdTrigger;

public sealed class IoModuleTests
{
    public static TheoryData<string> Shipped => [.. IoModuleLibrary.Shipped];

    [Theory]
    [MemberData(nameof(Shipped))]
    public async Task A_shipped_map_fits_its_schema_and_is_read(string name)
    {
        JsonSchema schema = await JsonSchema.FromJsonAsync(SourceTree.Text("config/schemas/io-module.schema.json"));

        Assert.Empty(schema.Validate(SourceTree.Text($"config/io-modules/{name}.json")));
        Assert.Equal(name, IoModuleLibrary.Load(name).Name);
    }

    [Theory]
    [InlineData("profile", null, "profile: is missing; expected helper, aeris, serial-line")]
    [InlineData("profile", "wago", "there is no I/O module 'wago'; shipped are adam-6050, wago-750, waveshare-relay")]
    [InlineData("settings:output", "8", "d.settings.output: expected a whole number from 0 to 7")]
    [InlineData("settings:pulse_s", "3", "expected seconds from 0.1 to 2")]
    [InlineData("settings:ready_input", "1", "busy, ready and fault are different inputs")]
    [InlineData("settings:application", "p", "is not a setting of this driver")]
    [InlineData("connection:kind", "udp", "is reached over tcp, serial or rfc2217")]
    public void A_wrong_setting_is_named(string name, string? value, string message)
    {
        Dictionary<string, string?> entry = new()
        {
            ["d:id"] = "xrd1", ["d:profile"] = "waveshare-relay", ["d:connection:kind"] = "tcp", ["d:connection:host"] = "10.0.0.9", ["d:settings:busy_input"] = "1",
            [$"d:{name}"] = value,
        };
        DeviceSetup setup = DeviceSetup.From(new ConfigurationBuilder().AddInMemoryCollection(entry).Build().GetSection("d"));

        var error = Assert.Throws<DeviceSetupException>(() => new XrdTriggerModule().Create(setup, Clocks.RealTime, NullLoggerFactory.Instance));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
