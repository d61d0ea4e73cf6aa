using System.Text.Json;

namespace CellLab.Service.Access;

/// <summary>Changes that the command line made to users and tokens, on their way into the audit log: the file lies beside the users', and the service, whenever it runs, takes
/// what stands in it. A kill between taking and deleting tells a change twice, never not at all.</summary>
public sealed class AccessNotes(string usersFile)
{
    private readonly string _path = usersFile + ".changes";

    /// <summary>By the holder of the users' lock.</summary>
    internal void Add(AccessNote note)
    {
        using FileStream file = PrivateFiles.Open(_path, FileMode.OpenOrCreate);
        file.Seek(0, SeekOrigin.End);
        file.Write(JsonSerializer.SerializeToUtf8Bytes(note));
        file.WriteByte((byte)'\n');
        file.Flush(flushToDisk: true);
    }

    /// <summary>Gives every note to <paramref name="takeAsync"/>, then forgets them. Does nothing while somebody changes users.</summary>
    public async Task TakeAsync(Func<IReadOnlyList<AccessNote>, Task> takeAsync)
    {
        if (!File.Exists(_path))
        {
            return;
        }

        FileStream turn;
        try
        {
            turn = PrivateFiles.Open(usersFile + ".lock", FileMode.OpenOrCreate);
        }
        catch (IOException)
        {
            return; // its turn comes with the next look
        }

        using (turn)
        {
            AccessNote[] notes = [.. from line in await File.ReadAllLinesAsync(_path) where line.Length > 0 select JsonSerializer.Deserialize<AccessNote>(line)!];
            await takeAsync(notes);
            File.Delete(_path);
        }
    }
}

/// <summary>What somebody did to users or tokens; never with a password or a token's text.</summary>
public sealed record AccessNote(DateTimeOffset WallUtc, string Who, string Command, string Target, string Result);
