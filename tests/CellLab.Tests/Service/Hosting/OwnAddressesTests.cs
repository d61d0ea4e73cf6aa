using CellLab.Service.Hosting;
using CellLab.Service.Options;

namespace CellLab.Tests.Service.Hosting;

public sealed class OwnAddressesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_address_that_the_machine_does_not_have_is_named_with_its_member()
    {
        StartRefusedException refused = Assert.Throws<StartRefusedException>(() => OwnAddresses.Require(Load("192.0.2.7", managed: true))); // for documentation (RFC 5737)

        Assert.Equal("mqtt.host", refused.Path);
        Assert.Contains("192.0.2.7 is no address of this machine", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("192.0.2.7", false)]
    public void Loopback_and_the_address_of_somebody_elses_broker_are_fine(string host, bool managed) => OwnAddresses.Require(Load(host, managed));

    private ServiceConfiguration Load(string host, bool managed) => ConfigurationFile.Load(_folder.Write(
        "celllab.json", $$"""{ "site": "s", "pipelines": [], "devices": [], "mqtt": { "host": "{{host}}", "managed": {{(managed ? "true" : "false")}} } }"""));
}
