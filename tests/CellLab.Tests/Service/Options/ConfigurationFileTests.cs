using System.Text.RegularExpressions;
using CellLab.Core.Devices;
using CellLab.Service.Hosting;
using CellLab.Service.Options;

namespace CellLab.Tests.Service.Options;

public sealed class ConfigurationFileTests : IDisposable
{
    private const string Good = """
        {
          // one cabinet
          "site": "lab1", "node": "bench",
          "http": { "url": "http://127.0.0.1:8123" },
          "mqtt": { "host": "127.0.0.1", "port": 18999, "managed": false },
          "data": "store",
          "pipelines": [ { "id": "coin-1", "holder": "coin", "roles": { "cycler": "cycler1.27-1-1" } } ],
          "devices": [
            {
              "id": "cycler1", "driver": "Neware", "simulated": true,
              "connection": { "kind": "tcp", "host": "10.0.0.7", "port": 502, "user": "admin", "password": "s3cret" },
              "settings": { "units": "A" },
            },
          ],
        }
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_complete_file_is_read_with_comments_and_trailing_commas()
    {
        ServiceConfiguration read = ConfigurationFile.Load(folder.Write("celllab.json", Good));

        Assert.Equal(("lab1", "bench"), (read.Site, read.Node));
        Assert.Equal(new Uri("http://127.0.0.1:8123"), read.HttpUrl);
        Assert.Equal(new MqttEntry("127.0.0.1", 18999, Managed: false), read.Mqtt);
        Assert.Equal(Path.Combine(folder.Path, "store"), read.DataFolder);
        Assert.Equal(ChannelAddress.Parse("cycler1.27-1-1"), Assert.Single(read.Pipelines).Roles["cycler"]);
        DeviceEntry device = Assert.Single(read.Devices);
        Assert.Equal(("cycler1", "Neware", true), (device.Id, device.Driver, device.Simulated));
        Assert.Equal("A", device.Section["settings:units"]);
    }

    [Fact]
    public void What_is_left_out_has_its_documented_default()
    {
        ServiceConfiguration read = ConfigurationFile.Load(folder.Write("celllab.json", """{ "site": "lab1" }"""));

        Assert.Equal(new Uri("http://127.0.0.1:8070"), read.HttpUrl);
        Assert.Equal(new MqttEntry("127.0.0.1", 18830, Managed: true), read.Mqtt);
        Assert.Equal(Path.Combine(folder.Path, "data"), read.DataFolder);
        Assert.Empty(read.Devices);
    }

    [Fact]
    public void All_that_the_reference_names_of_a_serial_line_is_accepted_and_reaches_the_driver()
    {
        string serial = Good.Replace(
            "\"kind\": \"tcp\", \"host\": \"10.0.0.7\", \"port\": 502,",
            """
            "kind": "serial", "path": "/dev/ttyUSB0", "baud": 9600, "data_bits": 8, "stop_bits": 2, "parity": "even", "flow": "rts-cts", "through": "system-io-ports", "unit": 3,
            """,
            StringComparison.Ordinal);

        ServiceConfiguration read = ConfigurationFile.Load(folder.Write("celllab.json", serial));

        Assert.Equal("system-io-ports", Assert.Single(read.Devices).Section["connection:through"]);
    }

    [Fact]
    public void A_connection_never_prints_its_account()
    {
        ServiceConfiguration read = ConfigurationFile.Load(folder.Write("celllab.json", Good));

        Assert.DoesNotContain("s3cret", read.Devices[0].ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("admin", read.Devices[0].ToString(), StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string, string> Mistakes => new()
    {
        { "\"site\": \"lab1\"", "\"site\": \"Lab 1\"", "site:", "lower-case letters" },
        { "\"site\": \"lab1\",", "", "site:", "missing" },
        { "\"node\": \"bench\"", "\"node\": 5", "node:", "a text in quotes" },
        { "\"data\":", "\"dta\":", "dta:", "unknown member. Did you mean 'data'?" },
        { "\"site\":", "\"siet\":", "siet:", "unknown member. Did you mean 'site'?" },
        { "\"driver\":", "\"drivr\":", "devices[0].drivr:", "Did you mean 'driver'?" },
        { "\"managed\": false", "\"managed\": \"no\"", "mqtt.managed:", "true or false" },
        { "\"port\": 18999", "\"port\": 99999", "mqtt.port:", "from 1 to 65535" },
        { "\"http://127.0.0.1:8123\"", "\"http://0.0.0.0:8123\"", "http.url:", "not a loopback address" },
        { "\"http://127.0.0.1:8123\"", "\"http://192.168.1.5:8123\"", "http.url:", "not a loopback address" },
        { "\"http://127.0.0.1:8123\"", "\"ftp://127.0.0.1:8123\"", "http.url:", "not an http address" },
        { "\"http://127.0.0.1:8123\"", "\"https://0.0.0.0:8123\"", "http.certificate:", "missing. https needs" },
        { "\"http://127.0.0.1:8123\"", "\"https://lab.example:8123\"", "http.url:", "is a name" },
        { "\"http://127.0.0.1:8123\"", "\"http://127.0.0.1:8123\", \"certificate\": { \"file\": \"a.pfx\" }", "http.certificate:", "plain http" },
        { "\"http://127.0.0.1:8123\"", "\"https://127.0.0.1:8123\", \"certificate\": { \"file\": \"a.crt\" }", "http.certificate.key:", "private key" },
        { "\"http://127.0.0.1:8123\" },", "\"http://127.0.0.1:8123\", \"names\": [\"lab.example\"] }, \"access\": { \"required\": false },", "access.required:", "others than this machine" },
        { "\"data\":", "\"access\": { \"session_hours\": 0 }, \"data\":", "access.session_hours:", "from 1" },
        { "\"cycler1.27-1-1\"", "\"cycler9.27-1-1\"", "pipelines[0].roles.cycler:", "no device 'cycler9'" },
        { "\"cycler1.27-1-1\"", "\"27-1-1\"", "pipelines[0].roles.cycler:", "device.channel" },
        { "{ \"cycler\": \"cycler1.27-1-1\" }", "{}", "pipelines[0].roles:", "no cycler" },
        { "\"cycler\":", "\"cykler\":", "pipelines[0].roles", "cycler" },
        { "\"id\": \"cycler1\"", "\"id\": \"Cycler_1\"", "devices[0].id:", "lower-case letters" },
        { "\"kind\": \"tcp\"", "\"kind\": \"usb\"", "devices[0].connection.kind:", "tcp, serial, rfc2217, folder" },
        { "\"port\": 502,", "", "devices[0].connection.port:", "host and port" },
        { "\"simulated\": true", "\"simulatd\": true", "devices[0].simulatd:", "unknown member" },
        { "\"settings\": { \"units\": \"A\" }", "\"settings\": []", "devices[0].settings:", "an object" },
        { "\"driver\": \"Neware\", ", "", "devices[0].driver:", "missing" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_refused_with_file_path_and_remedy(string right, string wrong, string path, string says)
    {
        Assert.Contains(right, Good, StringComparison.Ordinal);
        string file = folder.Write("celllab.json", Good.Replace(right, wrong, StringComparison.Ordinal));

        var refused = Assert.Throws<StartRefusedException>(() => ConfigurationFile.Load(file));

        Assert.Matches($"^{Regex.Escape(file)}:[0-9]+: {Regex.Escape(path)}", refused.Message);
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Theory]
    [InlineData("\"siet\":", "\"site\":", 3)]
    [InlineData("\"hst\": \"10.0.0.7\"", "\"host\": \"10.0.0.7\"", 11)]
    [InlineData("\"cycler9.27-1-1\"", "\"cycler1.27-1-1\"", 7)]
    public void The_line_is_told(string wrong, string right, int line)
    {
        string file = folder.Write("celllab.json", Good.Replace(right, wrong, StringComparison.Ordinal));

        Assert.StartsWith($"{file}:{line}: ", Assert.Throws<StartRefusedException>(() => ConfigurationFile.Load(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_and_an_empty_file_are_told_as_what_they_are()
    {
        Assert.Contains("a folder stands where", Assert.Throws<StartRefusedException>(() => ConfigurationFile.Load(folder.Path)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "the file is empty", Assert.Throws<StartRefusedException>(() => ConfigurationFile.Load(folder.Write("e.json", ""))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Broken_JSON_is_refused_with_line_and_column()
    {
        string file = folder.Write("celllab.json", "{\n  \"site\": lab1\n}");

        var refused = Assert.Throws<StartRefusedException>(() => ConfigurationFile.Load(file));

        Assert.StartsWith($"{file}:2:11: not valid JSON", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_member_written_twice_is_refused()
    {
        string file = folder.Write("celllab.json", """{ "site": "a", "site": "b" }""");

        Assert.Contains("site", Assert.Throws<StartRefusedException>(() => ConfigurationFile.Load(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_refused_with_a_way_out()
    {
        var refused = Assert.Throws<StartRefusedException>(() => ConfigurationFile.Load(Path.Combine(folder.Path, "none.json")));

        Assert.Contains("--config", refused.Message, StringComparison.Ordinal);
    }
}
