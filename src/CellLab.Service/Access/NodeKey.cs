using CellLab.Service.Hosting;

namespace CellLab.Service.Access;

/// <summary>What the node's own analysis process shows to the acquisition: a secret in <c>access/node.key</c> that only the node's user can read. It looks, and
/// commands nothing.</summary>
internal sealed class NodeKey(string dataFolder)
{
    private readonly string secret = Read(dataFolder);

    public static AccessIdentity Identity { get; } = new("analysis", AccessRole.Viewer, null);

    /// <exception cref="StartRefusedException">It is not as it was made, or cannot be made: an empty one would be a secret that everybody knows.</exception>
    public static string Read(string dataFolder)
    {
        string path = Path.Combine(dataFolder, "access", "node.key");
        try
        {
            string key = PrivateFiles.ReadOrMake(path, Secrets.Make);
            return Secrets.IsOne(key) ? key : throw new StartRefusedException($"{path}: it is not a key as CellLab makes it (truncated or overwritten). Delete the file; the next start makes a new one.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"{path}: the node's key cannot be read or made ({error.Message}). Make room, or look whose the folder is.", error);
        }
    }

    public bool Knows(string presented) => Secrets.Same(presented, secret);
}
