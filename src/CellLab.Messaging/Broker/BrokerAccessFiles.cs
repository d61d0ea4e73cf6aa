using System.Text;

namespace CellLab.Messaging.Broker;

/// <summary>The texts of mosquitto's password files and access lists (mosquitto.conf(5), <c>password_file</c> and <c>acl_file</c>); pure.</summary>
public static class BrokerAccessFiles
{
    private const string Head = "# Written by CellLab at every start of the broker; changes are lost.\n";

    /// <summary>A password file has no comments.</summary>
    public static string Readers(IEnumerable<BrokerReader> readers) => string.Concat(readers.Select(reader => $"{reader.Name}:{reader.Hash}\n"));

    public static string OwnAccounts(IEnumerable<OwnAccount> accounts) => Readers(accounts.Select(account => new BrokerReader(account.Name, account.Hash)));

    /// <summary><c>topic</c> lines before any <c>user</c> hold for clients without a name, <c>pattern</c> lines for those with one.</summary>
    public static string ReadersList(BrokerAccess access)
    {
        var text = new StringBuilder(Head);
        foreach (string word in (string[])(access.AnonymousMayRead ? ["topic", "pattern"] : ["pattern"]))
        {
            text.Append($"{word} read {access.ReadableTopics}\n").Append($"{word} read $SYS/#\n");
        }

        return text.ToString();
    }

    public static string OwnList(IEnumerable<OwnAccount> accounts)
    {
        var text = new StringBuilder(Head);
        foreach (OwnAccount account in accounts)
        {
            text.Append($"user {account.Name}\n");
            text.Append(account.Publishes is null ? "topic readwrite #\n" : $"topic read #\n{string.Concat(account.Publishes.Select(topic => $"topic write {topic}\n"))}");
        }

        return text.ToString();
    }
}
