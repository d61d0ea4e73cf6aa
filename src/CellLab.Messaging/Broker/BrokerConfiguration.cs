using System.Globalization;

namespace CellLab.Messaging.Broker;

/// <summary>The text of mosquitto's configuration (mosquitto.conf(5)) and access list; pure.</summary>
public static class BrokerConfiguration
{
    /// <param name="asRoot">mosquitto gives up root for its own user, who could not read our private folder; as root it has to stay.</param>
    public static string Write(BrokerOptions options, BrokerFiles files, bool asRoot) => string.Create(CultureInfo.InvariantCulture, $"""
        # Written by CellLab at every start of the broker; changes are lost.
        per_listener_settings true
        {(asRoot ? "user root" : "# runs as the user of the service")}
        persistence false
        log_dest stderr
        log_type error
        log_type warning
        log_type notice
        log_timestamp false
        connection_messages false
        set_tcp_nodelay true
        max_inflight_messages 1000
        max_queued_messages 100000
        max_queued_bytes 268435456
        persistent_client_expiration 2h

        # Readers.
        listener {options.Port} {options.Host}
        {(options.Host.Contains(':', StringComparison.Ordinal) ? "socket_domain ipv6" : "socket_domain ipv4")}
        allow_anonymous {(options.Access.AnonymousMayRead ? "true" : "false")}
        password_file {files.Readers}
        acl_file {files.AccessList}
        {Tls(options.Access.Certificate)}
        # Our own processes: the folder of the socket lets nobody else in. It comes last, so that it is there only when the port was free.
        listener 0 {files.Socket}
        {Own(options.Access.Own, files)}

        """);

    private static string Tls(BrokerCertificate? certificate) =>
        certificate is null ? "" : $"certfile {certificate.File}\nkeyfile {certificate.KeyFile}\ntls_version tlsv1.2\n";

    private static string Own(IReadOnlyList<OwnAccount> accounts, BrokerFiles files) =>
        accounts.Count == 0 ? "allow_anonymous true" : $"allow_anonymous false\npassword_file {files.OwnAccounts}\nacl_file {files.OwnList}";
}
