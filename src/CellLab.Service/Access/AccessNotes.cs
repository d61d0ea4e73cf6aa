using System.Text.Json;

namespace CellLab.Service.Access;

/// <summary>Changes that the command line made to users and tokens, on their way into the audit log: the file lies beside the users', and the service, whenever it runs, takes
/// what stands in it. A kill between taking and deleting tells a change twice, never not at all.</summary>
public sealed class AccessNotes(string usersFile)
{
    private static readonly JsonSerializerOptions s_json = new() { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    private readonly string _path = usersFile + ".changes";

    /// <summary>By the holder of the users' lock. The note is there before the change is, and leaves again when the change fails: on a full disk neither is made.</summary>
    internal void Around(AccessNote note, Action change)
    {
        using FileStream file = PrivateFiles.Open(_path, FileMode.OpenOrCreate);
        long before = file.Length;
        try
        {
            file.Seek(0, SeekOrigin.End);
            file.Write([.. JsonSerializer.SerializeToUtf8Bytes(note), (byte)'\n']);
            file.Flush(flushToDisk: true);
            change();
        }
        catch
        {
            file.SetLength(before);
            throw;
        }
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
            DateTimeOffset written = File.GetLastWriteTimeUtc(_path);
            AccessNote[] notes = [.. from line in await File.ReadAllLinesAsync(_path) where line.Length > 0 select Parse(line) ?? Unreadable(written)];
            await takeAsync(notes);
            File.Delete(_path);
        }
    }

    /// <summary>Null for what a crash of the machine has left of a line.</summary>
    private static AccessNote? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<AccessNote>(line, s_json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private AccessNote Unreadable(DateTimeOffset written) => new(written, "unknown", "users changed", _path, "a line that tells who and how cannot be read");
}

/// <summary>What somebody did to users or tokens; never with a password or a token's text.</summary>
public sealed record AccessNote(DateTimeOffset WallUtc, string Who, string Command, string Target, string Result);
