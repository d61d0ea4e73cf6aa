using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CellLab.Cli;
using CellLab.Service.Access;
using CellLab.Service.Hosting;
using CellLab.Tests.Service.Access;

namespace CellLab.Tests.Service.Hosting;

/// <summary>The service with a certificate and a login, as others reach it.</summary>
[Trait("Suite", "Broad")]
public sealed class TlsTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_command_line_comes_in_by_certificate_and_token_and_by_neither_alone()
    {
        string certificate = WriteCertificate(TimeProvider.System.GetUtcNow().AddDays(30));
        AccessFile users = AccessFile.In(Path.Combine(folder.Path, "data"));
        users.AddUser("ada", AccessRole.Admin);
        string token = users.AddToken("ada");
        using var running = new RunningService(folder.Write("celllab.json", Configuration("https://0.0.0.0:")), ServiceRoles.Acquisition | ServiceRoles.Dashboard);
        string url = $"https://127.0.0.1:{(await running.AddressAsync(Patience)).Port}";

        Assert.Equal(0, await RunAsync(url, certificate, token));
        Assert.Equal(1, await RunAsync(url, certificate, null));
        Assert.Equal(3, await RunAsync(url, null, token));
        Assert.Equal(0, await running.EndAsync(Patience));
    }

    [Fact]
    public async Task A_certificate_that_is_out_of_date_or_missing_keeps_it_from_starting()
    {
        AccessFile.In(Path.Combine(folder.Path, "data")).AddUser("ada", AccessRole.Admin);
        string file = folder.Write("celllab.json", Configuration("https://127.0.0.1:"));
        using var missing = new RunningService(file, ServiceRoles.Acquisition);
        int first = await missing.CodeAsync(Patience);
        WriteCertificate(TimeProvider.System.GetUtcNow().AddDays(-1));
        using var old = new RunningService(file, ServiceRoles.Acquisition);

        Assert.Equal((1, 1), (first, await old.CodeAsync(Patience)));
        Assert.Contains("server.crt cannot be used", missing.Errors, StringComparison.Ordinal);
        Assert.Contains("has expired on", old.Errors, StringComparison.Ordinal);
    }

    private static Task<int> RunAsync(string url, string? certificate, string? token) => CommandLine.RunAsync(
        ["job", "list"],
        new CliEnvironment
        {
            Out = new StringWriter(), Error = new StringWriter(), Wall = TimeProvider.System,
            Variable = name => name switch { "CELLLAB_URL" => url, "CELLLAB_CERTIFICATE" => certificate, "CELLLAB_TOKEN" => token, _ => null },
        },
        CancellationToken.None);

    private static string Configuration(string address) => string.Create(CultureInfo.InvariantCulture, $$"""
        {
          "site": "t", "http": { "url": "{{address}}{{FreePort()}}", "certificate": { "file": "server.crt", "key": "server.key" } },
          "mqtt": { "port": {{FreePort()}} }, "pipelines": [], "devices": []
        }
        """);

    private string WriteCertificate(DateTimeOffset until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=lab", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = request.CreateSelfSigned(until.AddDays(-60), until);
        folder.Write("server.key", key.ExportPkcs8PrivateKeyPem());
        return folder.Write("server.crt", certificate.ExportCertificatePem());
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
