using System.Security.Cryptography;
using System.Text;
using CellLab.Messaging;
using CellLab.Messaging.Broker;
using CellLab.TestKit.Waiting;

namespace CellLab.Tests.Messaging.Broker;

/// <summary>A real mosquitto that asks for names.</summary>
[Trait("Suite", "Broad")]
public sealed class BrokerAccessTests
{
    private const string Topic = "celllab/v1/lab1/job/a/records";

    private static BrokerAccess Named => new()
    {
        ReadableTopics = "celllab/v1/lab1/#",
        AnonymousMayRead = false,
        Own = [new OwnAccount("acquisition", Hash("one"), null), new OwnAccount("analysis", Hash("two"), ["celllab/v1/lab1/job/+/cycle"])],
    };

    [Fact]
    public async Task Only_known_names_come_in_and_they_read_what_is_theirs()
    {
        await using TestBroker broker = TestBroker.Prepared(options => options with { Access = Named });
        broker.Broker.SetReaders([new BrokerReader("vera", Hash("token"))]);
        await broker.Broker.StartAsync(CancellationToken.None);
        IMessageClient ours = await broker.ConnectedAsync("ours", options => options with { User = "acquisition", Password = "one" });
        IMessageClient reader = await broker.ConnectedAsync("reader", options => options with { Broker = broker.Tcp, User = "vera", Password = "token" });
        IMessageClient nobody = broker.Client("nobody", options => options with { Broker = broker.Tcp });
        IMessageClient guess = broker.Client("guess", options => options with { Broker = broker.Tcp, User = "vera", Password = "guess" });

        await ours.PublishAsync("other/secret", "1"u8.ToArray(), 1, retain: true, CancellationToken.None).WithinAsync();
        await ours.PublishAsync(Topic, "2"u8.ToArray(), 1, retain: true, CancellationToken.None).WithinAsync();
        await using var seen = new Inbox(reader, "#");
        await Eventually.TrueAsync(() => !seen.Messages.IsEmpty, "the reader reads");
        await Assert.ThrowsAsync<MessageException>(() => reader.PublishAsync(Topic, "forged"u8.ToArray(), 1, retain: true, CancellationToken.None)).WithinAsync();
        await ours.PublishAsync(Topic, "3"u8.ToArray(), 1, retain: true, CancellationToken.None).WithinAsync();
        await Eventually.TrueAsync(() => seen.Messages.Count == 2, "the next message");

        Assert.Equal(["2", "3"], seen.Messages.Select(message => Encoding.UTF8.GetString(message.Payload)));
        Assert.False(nobody.IsConnected);
        Assert.False(guess.IsConnected);
    }

    [Fact]
    public async Task The_analysis_publishes_its_results_alone()
    {
        await using TestBroker broker = TestBroker.Prepared(options => options with { Access = Named });
        await broker.Broker.StartAsync(CancellationToken.None);
        IMessageClient analysis = await broker.ConnectedAsync("analysis", options => options with { User = "analysis", Password = "two" });

        await analysis.PublishAsync("celllab/v1/lab1/job/a/cycle", "1"u8.ToArray(), 1, retain: false, CancellationToken.None).WithinAsync();
        await Assert.ThrowsAsync<MessageException>(() => analysis.PublishAsync(Topic, "forged"u8.ToArray(), 1, retain: false, CancellationToken.None)).WithinAsync();
    }

    [Fact]
    public async Task Who_is_added_comes_in_and_who_is_removed_is_thrown_out_while_the_others_stay()
    {
        await using TestBroker broker = TestBroker.Prepared(options => options with { Access = Named });
        await broker.Broker.StartAsync(CancellationToken.None);
        IMessageClient late = broker.Client("late", options => options with { Broker = broker.Tcp, User = "late", Password = "token" });

        broker.Broker.SetReaders([new BrokerReader("late", Hash("token"))]);
        await Eventually.TrueAsync(() => late.IsConnected, "the new reader to be let in");
        broker.Broker.SetReaders([]);

        await Eventually.TrueAsync(() => !late.IsConnected, "the reader to be thrown out");
        Assert.Equal(1, broker.Broker.StartCount);
    }

    /// <summary>As mosquitto_passwd writes it.</summary>
    private static string Hash(string secret)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(12);
        byte[] hash = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(secret), salt, 101, HashAlgorithmName.SHA512, 64);
        return $"$7$101${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}";
    }
}
