using System.Text.Json;

namespace CellLab.Service.Access;

/// <summary>Who is logged in, by cookie. Kept in a file (digests alone), so that a page goes on when the service has been started again; a session ends by logging
/// out, by time, and with any change to its user.</summary>
internal sealed class Sessions(string path, TimeSpan lifetime, AccessBook book, TimeProvider wall, ILogger<Sessions> logger)
{
    private const int MostSessions = 1000;

    private static readonly JsonSerializerOptions s_json = new() { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

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
            return loaded ??= File.Exists(path) ? [.. from session in JsonSerializer.Deserialize<List<Session?>>(File.ReadAllBytes(path), s_json) where session is not null select session] : [];
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            Log.SessionsUnreadable(logger, path, error.Message);
            return loaded = []; // everybody logs in again
        }
    }

    private void Store(List<Session> sessions)
    {
        loaded = sessions;
        try
        {
            PrivateFiles.MakeFolder(Path.GetDirectoryName(path)!);
            PrivateFiles.Replace(path, JsonSerializer.SerializeToUtf8Bytes(sessions, s_json));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException) // whoever comes because the disk is full must be let in
        {
            Log.SessionsNotWritten(logger, path, error.Message);
        }
    }

    private sealed record Session(string Digest, string User, DateTimeOffset OpenedUtc, DateTimeOffset ExpiresUtc);
}
