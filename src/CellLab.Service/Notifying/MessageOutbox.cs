using System.Text.Json;
using CellLab.Service.Access;

namespace CellLab.Service.Notifying;

/// <summary>What is to be sent and what has been, in one file (<c>notify/outbox.json</c> of the data folder) that is replaced as a whole: a restart goes on where it was. Between a message that was taken by its
/// receiver and the note of that lie milliseconds; a crash just there sends it again, with the same key. While the file cannot be written (a full disk), messages go
/// out all the same and each of them once: what is known here counts, and only a crash in that time forgets it.</summary>
internal sealed class MessageOutbox(string path, ILogger logger)
{
    private const int KeptKeys = 5000;

    private static readonly JsonSerializerOptions s_json = new() { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    private readonly Lock gate = new();
    private Contents contents = Read(path, logger);
    private bool unsaved;

    /// <summary>When it was last written, which is at least as late as the last event in it; null when it never was.</summary>
    public DateTimeOffset? WrittenUtc => contents.WrittenUtc;

    public static MessageOutbox In(string dataFolder, ILogger logger) => new(Path.Combine(dataFolder, "notify", "outbox.json"), logger);

    /// <summary>Adds those whose event is not known yet for their target.</summary>
    public bool Add(IReadOnlyList<OutgoingMessage> messages, DateTimeOffset now)
    {
        lock (gate)
        {
            OutgoingMessage[] added = [.. messages.Where(message => !contents.Known.Contains(KeyOf(message)))];
            if (added.Length > 0)
            {
                Store(contents with { Pending = [.. contents.Pending, .. added], Known = [.. contents.Known.TakeLast(KeptKeys), .. added.Select(KeyOf)] }, now);
            }

            return added.Length > 0;
        }
    }

    public IReadOnlyList<OutgoingMessage> DueFor(string target, DateTimeOffset now)
    {
        lock (gate)
        {
            return [.. contents.Pending.Where(message => message.Target == target && message.DueUtc <= now)];
        }
    }

    /// <summary>Messages that went to the target since then.</summary>
    public int SentSince(string target, DateTimeOffset since)
    {
        lock (gate)
        {
            return contents.Sent.Count(sent => sent.Target == target && sent.AtUtc > since);
        }
    }

    /// <summary>They went out together, as one message; or there is nothing to tell any more.</summary>
    public void Done(IReadOnlyList<OutgoingMessage> messages, bool sent, DateTimeOffset now)
    {
        lock (gate)
        {
            HashSet<string> keys = [.. messages.Select(KeyOf)];
            Store(
                contents with
                {
                    Pending = [.. contents.Pending.Where(message => !keys.Contains(KeyOf(message)))],
                    Sent = sent ? [.. contents.Sent.Where(old => old.AtUtc > now - TimeSpan.FromHours(1)), new SentMark(messages[0].Target, now)] : contents.Sent,
                },
                now);
        }
    }

    /// <summary>What had failed before is due at once: a restart may be what it waited for.</summary>
    public void RetryNow(DateTimeOffset now)
    {
        lock (gate)
        {
            if (contents.Pending.Any(message => message.Attempts > 0))
            {
                Store(contents with { Pending = [.. contents.Pending.Select(message => message.Attempts > 0 ? message with { DueUtc = now } : message)] }, contents.WrittenUtc ?? now);
            }
        }
    }

    public void Postpone(OutgoingMessage message, DateTimeOffset until, int attempts, DateTimeOffset now)
    {
        lock (gate)
        {
            Store(
                contents with
                {
                    Pending = [.. contents.Pending.Select(pending => KeyOf(pending) == KeyOf(message) ? pending with { DueUtc = until, Attempts = attempts } : pending)],
                },
                now);
        }
    }

    /// <summary>Writes what could not be written when it changed.</summary>
    public void SaveAgain()
    {
        lock (gate)
        {
            if (unsaved)
            {
                Save();
            }
        }
    }

    private static string KeyOf(OutgoingMessage message) => $"{message.Target} {message.Key}";

    /// <summary>Alarms have to be told whatever lies there: what cannot be read is kept for a person, and alarms that are present are told again.</summary>
    private static Contents Read(string path, ILogger logger)
    {
        try
        {
            return File.Exists(path) ? Check(JsonSerializer.Deserialize<Contents>(File.ReadAllBytes(path), s_json)) : Contents.Empty;
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            Log.OutboxUnreadable(logger, path, PutAside(path), error.Message);
            return Contents.Empty;
        }
    }

    private static Contents Check(Contents? contents) =>
        contents is not null && contents.Pending.All(message => message is not null) && contents.Sent.All(mark => mark is not null) && contents.Known.All(key => key is not null)
            ? contents
            : throw new JsonException("a list is empty where a message should stand");

    private static string PutAside(string path)
    {
        string aside = path + ".broken";
        try
        {
            File.Move(path, aside, overwrite: true);
            return aside;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return path;
        }
    }

    private void Store(Contents changed, DateTimeOffset now)
    {
        contents = changed with { WrittenUtc = now };
        Save();
    }

    private void Save()
    {
        try
        {
            PrivateFiles.MakeFolder(Path.GetDirectoryName(path)!);
            PrivateFiles.Replace(path, JsonSerializer.SerializeToUtf8Bytes(contents, s_json));
            if (unsaved)
            {
                unsaved = false;
                Log.OutboxWritten(logger, path);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            if (!unsaved)
            {
                unsaved = true;
                Log.OutboxNotWritten(logger, path, error.Message);
            }
        }
    }

    private sealed record SentMark(string Target, DateTimeOffset AtUtc);

    private sealed record Contents(
        IReadOnlyList<OutgoingMessage> Pending, IReadOnlyList<string> Known, IReadOnlyList<SentMark> Sent, DateTimeOffset? WrittenUtc)
    {
        public static Contents Empty { get; } = new([], [], [], null);
    }
}
