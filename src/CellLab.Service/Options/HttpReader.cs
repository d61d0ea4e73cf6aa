using System.Net;
using CellLab.Service.Access;
using CellLab.Service.Hosting;

namespace CellLab.Service.Options;

/// <summary>Reads <c>http</c> and <c>access</c>, and holds them against each other: beyond loopback there is TLS and a login, or no start.</summary>
internal static class HttpReader
{
    private const string DefaultUrl = "http://127.0.0.1:8070";
    private const int LongestSessionHours = 24 * 90;

    public static HttpEntry Read(ConfigurationSection root, string folder)
    {
        ConfigurationSection? http = root.OptionalSection("http");
        Uri url = HttpAddress.Parse(root.File, http?.OptionalText("url") ?? DefaultUrl);
        CertificateEntry? certificate = http?.OptionalSection("certificate") is { } section ? ReadCertificate(section, folder) : null;
        IReadOnlyList<string> names = http?.OptionalTexts("names") ?? [];
        IReadOnlyList<IPNetwork> proxies = http is null ? [] : ReadProxies(http);
        http?.Finish();
        RequireCertificate(root, url, certificate);
        bool open = HttpAddress.IsLoopback(url.Host) && names.Count == 0;
        return new HttpEntry(url, certificate, names, ReadAccess(root, open)) { TrustedProxies = proxies };
    }

    private static List<IPNetwork> ReadProxies(ConfigurationSection http)
    {
        const string Member = "trusted_proxies";
        var networks = new List<IPNetwork>();
        foreach (string text in http.OptionalTexts(Member))
        {
            bool alone = IPAddress.TryParse(text, out IPAddress? address);
            networks.Add(
                alone ? new IPNetwork(address!, address!.GetAddressBytes().Length * 8)
                : IPNetwork.TryParse(text, out IPNetwork network) ? network
                : throw http.Wrong(Member, $"'{text}' is no address", "Give addresses such as 127.0.0.1, or networks such as 10.1.0.0/24"));
        }

        return networks;
    }

    private static CertificateEntry ReadCertificate(ConfigurationSection section, string folder)
    {
        string Full(string path) => Path.GetFullPath(path, folder);
        var entry = new CertificateEntry(
            Full(section.Text("file")),
            section.OptionalText("key") is { } key ? Full(key) : null,
            section.OptionalText("password_file") is { } password ? Full(password) : null);
        section.Finish();
        if (!entry.IsPkcs12 && entry.KeyFile is null)
        {
            throw section.Wrong("key", "missing", "A PEM certificate needs the file of its private key");
        }

        return entry;
    }

    private static void RequireCertificate(ConfigurationSection root, Uri url, CertificateEntry? certificate)
    {
        bool tls = url.Scheme == Uri.UriSchemeHttps;
        if (tls == (certificate is not null))
        {
            return;
        }

        throw tls
            ? StartRefusedException.At(root.File, "http.certificate", "missing", "https needs \"certificate\": { \"file\": \"server.crt\", \"key\": \"server.key\" }")
            : StartRefusedException.At(root.File, "http.certificate", "there, but http.url is plain http", "Write https in http.url, or remove the certificate");
    }

    private static AccessSettings ReadAccess(ConfigurationSection root, bool mayBeOpen)
    {
        ConfigurationSection? access = root.OptionalSection("access");
        bool? asked = access?.OptionalFlag("required");
        if (asked == false && !mayBeOpen)
        {
            throw access!.Wrong(
                "required", "false, but others than this machine reach the service (http.url or http.names)", "Remove it: everybody has to say who he is then");
        }

        var settings = new AccessSettings();
        settings = settings with
        {
            Required = asked ?? !mayBeOpen,
            SessionLifetime = access?.OptionalNumber("session_hours", 1, LongestSessionHours) is { } hours ? TimeSpan.FromHours(hours) : settings.SessionLifetime,
            RequestsPerSecond = access?.OptionalNumber("requests_per_second", 1, 10_000) ?? settings.RequestsPerSecond,
            LoginsPerMinute = access?.OptionalNumber("logins_per_minute", 1, 1000) ?? settings.LoginsPerMinute,
        };
        access?.Finish();
        return settings;
    }
}
