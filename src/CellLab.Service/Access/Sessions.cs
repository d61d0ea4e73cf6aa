using System.Text.Json;

namespace CellLab.Service.Access;

/// <summary>Who is logged in, by cookie. Kept in a file (digests alone), so that a page goes on when the service has been started again; a session ends by logging
/// out, by time, and with any change to its user.</summary>
internal sealed class Sessions(string path, TimeSpan lifetime, AccessBook book, TimeProvider wall)
{
    private const int MostSessions = 1000;

    private readonly Lock gate = new();
    private List<Session>? loaded;

    public TimeSpan Lifetime => lifetime;

    /// <summary>The cookie of a new session.</summary>
    public string Open(UserEntry user)
    {
        string cookie = Secrets.Make();
        DateTimeOffset now = wall.GetUtcNow();
        lock (gate)
        {
            List<Session> open = [.. Loaded().Where(session => session.ExpiresUtc > now).TakeLast(MostSessions - 1)];
            open.Add(new Session(Secrets.Digest(cookie), user.Name, now, now + lifetime));
            Store(open);
        }

        return cookie;
    }

    /// <summary>Null for a cookie that is unknown, out of date or of a user who has changed since.</summary>
    public AccessIdentity? Find(string cookie)
    {
        Session? session;
        string digest = Secrets.Digest(cookie);
        lock (gate)
        {
            session = Loaded().Find(entry => entry.Digest == digest);
        }

        return session is not null && session.ExpiresUtc > wall.GetUtcNow()
            && book.Now.FindUser(session.User) is { Disabled: false } user && user.ChangedUtc <= session.OpenedUtc
            ? AccessIdentity.Of(user) with { Csrf = Secrets.Csrf(cookie) }
            : null;
    }

    public void Close(string cookie)
    {
        string digest = Secrets.Digest(cookie);
        lock (gate)
        {
            Store([.. Loaded().Where(session => session.Digest != digest)]);
        }
    }

    private List<Session> Loaded()
    {
        try
        {
            return loaded ??= File.Exists(path) ? JsonSerializer.Deserialize<List<Session>>(File.ReadAllBytes(path)) ?? [] : [];
        }
        catch (Exception error) when (error is JsonException or IOException)
        {
            return loaded = []; // everybody logs in again
        }
    }

    private void Store(List<Session> sessions)
    {
        loaded = sessions;
        PrivateFiles.MakeFolder(Path.GetDirectoryName(path)!);
        PrivateFiles.Replace(path, JsonSerializer.SerializeToUtf8Bytes(sessions));
    }

    private sealed record Session(string Digest, string User, DateTimeOffset OpenedUtc, DateTimeOffset ExpiresUtc);
}
