using System.Net;
using CellLab.Service.Access;

namespace CellLab.Service.Options;

/// <summary>Where the service listens, by what certificate, which further host names lead to it (through a proxy, or by DNS), and who is let in.</summary>
public sealed record HttpEntry(Uri Url, CertificateEntry? Certificate, IReadOnlyList<string> Names, AccessSettings Access)
{
    /// <summary>Reverse proxies whose word about the caller's address is taken (<c>X-Forwarded-For</c>); nobody else's.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>Where a process of this machine reaches it: an address that stands for all of them is none to connect to.</summary>
    public Uri LocalUrl => Url.Host.Trim('[', ']') is "0.0.0.0" or "::"
        ? new UriBuilder(Url) { Host = Url.Host.StartsWith('[') ? "[::1]" : "127.0.0.1" }.Uri
        : Url;
}
