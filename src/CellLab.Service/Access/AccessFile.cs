using System.Text.Json;
using System.Text.Json.Serialization;

namespace CellLab.Service.Access;

/// <summary>Reads and replaces the file of users and tokens (<c>access/users.json</c> of the data folder). It is readable for its owner alone and replaced as a
/// whole: a reader sees the old one or the new one.</summary>
public sealed class AccessFile(string path)
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    public string Path { get; } = path;

    public AccessNotes Notes { get; } = new(path);

    public static AccessFile In(string dataFolder) => new(System.IO.Path.Combine(dataFolder, "access", "users.json"));

    /// <summary>Changes whenever the file does; null while there is none.</summary>
    public (DateTime Written, long Length)? Stamp() =>
        new FileInfo(Path) is { Exists: true } file ? (file.LastWriteTimeUtc, file.Length) : null;

    /// <exception cref="AccessException">The file is there and cannot be read as one of users.</exception>
    public AccessContents Read()
    {
        try
        {
            return File.Exists(Path) ? Check(JsonSerializer.Deserialize<AccessContents>(File.ReadAllBytes(Path), s_json)) : AccessContents.Empty;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new AccessException($"{Path}: the users cannot be read ({error.Message}). Correct the file, or put a copy of it back.", error);
        }
    }

    /// <summary>Reads, changes and replaces; another process that does the same waits its turn.</summary>
    /// <exception cref="AccessException">The file cannot be read or written, or another process holds it.</exception>
    /// <param name="note">What it is for the audit log, told when it is done; null for what the log need not know.</param>
    public AccessContents Change(Func<AccessContents, AccessContents> change, AccessNote? note)
    {
        try
        {
            PrivateFiles.MakeFolder(System.IO.Path.GetDirectoryName(Path)!);
            using FileStream turn = PrivateFiles.Open(Path + ".lock", FileMode.OpenOrCreate);
            AccessContents changed = change(Read());
            PrivateFiles.Replace(Path, JsonSerializer.SerializeToUtf8Bytes(changed, s_json));
            if (note is not null)
            {
                Notes.Add(note);
            }

            return changed;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AccessException($"{Path}: the users cannot be changed ({error.Message}).", error);
        }
    }

    private AccessContents Check(AccessContents? contents)
    {
        UserEntry? broken = contents?.Users.FirstOrDefault(user => user.Password is { } hash && !SecretHash.IsValid(hash));
        return contents is not null && broken is null
            ? contents
            : throw new AccessException($"{Path}: {(broken is null ? "empty" : $"the password of '{broken.Name}' is no hash as CellLab writes it")}. Set it anew with: celllab user password NAME");
    }
}
