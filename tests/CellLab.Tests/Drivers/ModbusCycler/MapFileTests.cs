using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Drivers.Catalog;
using CellLab.Drivers.ModbusCycler.Profiles;
using CellLab.Tests.Architecture;
using NJsonSchema;

namespace CellLab.Tests.Drivers.ModbusCycler;

public sealed class MapFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("celllab-map-").FullName;

    public static TheoryData<string> Shipped => [.. ProfileLibrary.Shipped];

    [Theory]
    [MemberData(nameof(Shipped))]
    public async Task A_shipped_map_fits_its_schema(string name)
    {
        JsonSchema schema = await JsonSchema.FromJsonAsync(SourceTree.Text("config/schemas/modbus-profile.schema.json"));

        Assert.Empty(schema.Validate(SourceTree.Text($"config/modbus/{name}.json")));
    }

    [Fact]
    public void The_place_for_lands_map_says_that_the_maker_has_it()
    {
        var refused = Assert.Throws<DeviceSetupException>(() => ProfileLibrary.Load("land-ct3002"));

        Assert.Contains("has to be obtained from the maker", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_map_that_is_not_confirmed_writes_nothing()
    {
        string file = Changed("riden-rd6006p", "\"confirmed\": true", "\"confirmed\": false");
        await using var bench = new MapBench("riden-rd6006p", file);
        bench.Unit.Registers[0] = 60065;
        await bench.Device.ConnectAsync(CancellationToken.None);
        Func<Task>[] writing =
        [
            () => bench.Device.LimitAsync(bench.Channel, new SourceLimits(4.8, 2, 2, 2), CancellationToken.None),
            () => bench.Device.ApplyAsync(bench.Channel, new CurrentSetPoint(0.1), CancellationToken.None),
            () => bench.Device.OpenCircuitAsync(bench.Channel, CancellationToken.None),
        ];

        foreach (Func<Task> write in writing)
        {
            Assert.Equal(FaultKind.Rejected, (await Assert.ThrowsAsync<DeviceFaultException>(write)).Kind);
        }

        Assert.Empty(bench.Writes);
    }

    [Fact]
    public async Task A_watchdog_is_fed_before_the_output_goes_on_and_with_every_reading()
    {
        string file = Changed("riden-rd6006p", "\"watchdog\": null", "\"watchdog\": { \"point\": \"over_current\", \"raw\": 77, \"seconds\": 10 }");
        await using var bench = new MapBench("riden-rd6006p", file);
        bench.Unit.Registers[0] = 60065;
        await bench.Device.ConnectAsync(CancellationToken.None);
        await bench.Device.LimitAsync(bench.Channel, new SourceLimits(4.8, 2, 2, 2), CancellationToken.None);
        bench.Frames.Clear();

        await bench.Device.ApplyAsync(bench.Channel, new CurrentSetPoint(0.1), CancellationToken.None);
        await bench.Device.MeasureAsync(bench.Channel, CancellationToken.None);

        string[] writes = [.. bench.Writes];
        Assert.StartsWith("01 06 00 53 00 4D", writes[0], StringComparison.Ordinal);
        Assert.StartsWith("01 06 00 53 00 4D", writes[^1], StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(10), bench.Device.TraitsOf(bench.Channel).Watchdog);
    }

    [Theory]
    [InlineData("\"voltage\": \"voltage\"", "\"voltage\": \"volts\"", "measure.voltage: there is no point 'volts'")]
    [InlineData("\"set\": \"output\", \"to\": 0", "\"set\": \"outptu\", \"to\": 0", "sequences.off[0]: there is no point 'outptu'")]
    [InlineData("\"to\": \"amperes\"", "\"to\": \"current\"", "'current' is none of volts")]
    [InlineData("\"confirmed\": true", "\"confirmd\": true", "line")]
    [InlineData("\"set\": \"voltage_set\", \"to\": \"volts\"", "\"set\": \"voltage\", \"to\": \"volts\"", "no function that writes it")]
    public void A_wrong_map_is_refused_with_the_place(string sound, string wrong, string expected)
    {
        string file = Changed("riden-rd6006p", sound, wrong);

        var refused = Assert.Throws<DeviceSetupException>(() => ProfileLibrary.Load(file));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.Contains(file, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ridn", "settings:pause_s", "0", "there is no register map 'ridn'; shipped are ea-psb")]
    [InlineData("riden-maynuo", "settings:pause_s", "0", "sink_connection: is missing")]
    [InlineData("ea-psb", "settings:sink_connection:kind", "serial", "has one unit")]
    [InlineData("ea-psb", "connection:unit", "300", "connection.unit")]
    [InlineData("ea-psb", "settings:framing", "ascii", "by_address, rtu, tcp")]
    [InlineData("ea-psb", "settings:modbus", "libmodbus", "celllab, nmodbus")]
    [InlineData("ea-psb", "connection:through", "libserialport", "termios, system-io-ports")]
    [InlineData("ea-psb", "settings:current_ranges_ma:0", "six", "current_ranges_ma")]
    public void Wrong_settings_are_named(string map, string path, string value, string expected)
    {
        var refused = Assert.Throws<DeviceSetupException>(() => MapBench.Create(map, null, (path, value)));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Changed(string map, string from, string to)
    {
        string text = SourceTree.Text($"config/modbus/{map}.json");
        Assert.Contains(from, text, StringComparison.Ordinal);
        string file = Path.Combine(_folder, "map.json");
        File.WriteAllText(file, text.Replace(from, to, StringComparison.Ordinal));
        return file;
    }
}
