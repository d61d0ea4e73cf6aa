using CellLab.Messaging.Broker;
using CellLab.Messaging.Topics;
using CellLab.Service.Access;
using CellLab.Service.Options;

namespace CellLab.Service.Hosting;

/// <summary>Who may do what at the node's own broker: its processes by secrets made of the node's key, people's programs by their tokens (the token's id is the name, the
/// token the password). People's passwords never go there.</summary>
internal static class BrokerAccounts
{
    public const string Acquisition = "acquisition";
    public const string Analysis = "analysis";

    /// <summary>Below <c>job/{job}/</c>.</summary>
    private static readonly string[] s_results = ["cycle", "latest-cycle", "analysis/#"];

    public static BrokerAccess Access(ServiceConfiguration configuration) => new()
    {
        ReadableTopics = new TopicMap(configuration.Site).Everything,
        AnonymousMayRead = !configuration.Access.Required,
        Certificate = configuration is { Access.Required: true, Http.Certificate: { IsPkcs12: false, KeyFile: { } key } pem } && !HttpAddress.IsLoopback(configuration.Mqtt.Host)
            ? new BrokerCertificate(pem.File, key)
            : null,
    };

    /// <summary>The analysis publishes its results, and no record, state or alarm.</summary>
    public static IReadOnlyList<OwnAccount> Own(ServiceConfiguration configuration) =>
    [
        Account(configuration, Acquisition, null),
        Account(configuration, Analysis, [.. s_results.Select(leaf => $"{TopicMap.Prefix}/{configuration.Site}/job/+/{leaf}")]),
    ];

    public static string Secret(ServiceConfiguration configuration, string role) => Secrets.Digest($"mqtt {role} {NodeKey.Read(configuration.DataFolder)}");

    /// <summary>Tokens that are good now; all roles read, none publishes.</summary>
    public static IReadOnlyList<BrokerReader> Readers(AccessContents known, DateTimeOffset now) =>
    [
        .. known.Tokens.Where(token => token.ExpiresUtc > now && known.FindUser(token.User) is { Disabled: false })
            .Select(token => new BrokerReader(token.Id, token.Hash)),
    ];

    private static OwnAccount Account(ServiceConfiguration configuration, string role, IReadOnlyList<string>? publishes) =>
        new(role, SecretHash.Of(Secret(configuration, role), SecretHash.TokenIterations), publishes);
}
