namespace CellLab.Service.Access;

/// <summary>The users and tokens as they are now: the file is looked at with every request, so that what the command line changes holds at once. A file that has become
/// unreadable changes nothing until it is put right.</summary>
internal sealed class AccessBook(AccessFile file, TimeProvider wall, ILogger<AccessBook> logger)
{
    private readonly Lock gate = new();
    private readonly Lazy<string> decoy = new(() => SecretHash.Of(Secrets.Make(), SecretHash.PasswordIterations));
    private AccessContents contents = AccessContents.Empty;
    private (DateTime, long)? seen;
    private (DateTime, long)? refused;

    public AccessContents Now
    {
        get
        {
            lock (gate)
            {
                if (file.Stamp() is var stamp && stamp != seen)
                {
                    Reload(stamp);
                }

                return contents;
            }
        }
    }

    /// <summary>Null for a name, a password or a state that does not let in; which of them it was is nobody's business. An unknown name takes as long as a known one.</summary>
    public UserEntry? ByPassword(string name, string password)
    {
        UserEntry? user = Now.FindUser(name);
        bool matches = SecretHash.Matches(password, user?.Password ?? decoy.Value);
        return matches && user is { Disabled: false, Password: not null } ? user : null;
    }

    /// <summary>Null unless it is a token of an enabled user that has not expired.</summary>
    public AccessIdentity? ByToken(string presented)
    {
        AccessContents now = Now;
        if (AccessToken.IdOf(presented) is not { } id
            || now.Tokens.FirstOrDefault(entry => entry.Id == id) is not { } token
            || now.FindUser(token.User) is not { Disabled: false } user
            || !SecretHash.Matches(presented, token.Hash)
            || token.ExpiresUtc <= wall.GetUtcNow())
        {
            return null;
        }

        return AccessIdentity.Of(user) with { Role = AccessToken.RoleOf(token, user) };
    }

    private void Reload((DateTime, long)? stamp)
    {
        try
        {
            contents = file.Read();
            (seen, refused) = (stamp, null);
            Log.UsersRead(logger, contents.Users.Count, contents.Tokens.Count);
        }
        catch (AccessException unreadable) // tried again with the next request: it may be a lack of file handles that passes
        {
            if (refused != stamp)
            {
                refused = stamp;
                Log.UsersUnreadable(logger, unreadable.Message);
            }
        }
    }
}
