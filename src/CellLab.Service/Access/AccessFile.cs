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
            if (note is null)
            {
                Replace(changed);
            }
            else
            {
                Notes.Around(note, () => Replace(changed));
            }

            return changed;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AccessException($"{Path}: the users cannot be changed ({error.Message}). They are as they were; make room, or look whose the folder is.", error);
        }
    }

    private void Replace(AccessContents contents) => PrivateFiles.Replace(Path, JsonSerializer.SerializeToUtf8Bytes(contents, s_json));

    private AccessContents Check(AccessContents? contents)
    {
        string? wrong = contents switch
        {
            null => "it is empty",
            _ when contents.Users.Any(user => user is null) || contents.Tokens.Any(token => token is null) => "an entry is null",
            _ when contents.Users.FirstOrDefault(user => user.Password is { } hash && !SecretHash.IsValid(hash)) is { } user => $"the password of '{user.Name}' is no hash as CellLab writes it",
            _ when contents.Tokens.FirstOrDefault(token => !SecretHash.IsValid(token.Hash)) is { } token => $"the hash of token '{token.Id}' is none as CellLab writes it",
            _ => null,
        };
        return wrong is null
            ? contents!
            : throw new AccessException($"{Path}: the users cannot be read ({wrong}). Take the entry out and make it anew with celllab user add or celllab token add, or put a copy of the file back.");
    }
}
