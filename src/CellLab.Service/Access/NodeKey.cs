namespace CellLab.Service.Access;

/// <summary>What the node's own analysis process shows to the acquisition: a secret in <c>access/node.key</c> that only the node's user can read. It looks, and
/// commands nothing.</summary>
internal sealed class NodeKey(string dataFolder)
{
    private readonly string secret = Read(dataFolder);

    public static AccessIdentity Identity { get; } = new("analysis", AccessRole.Viewer, null);

    public static string Read(string dataFolder) => PrivateFiles.ReadOrMake(Path.Combine(dataFolder, "access", "node.key"), Secrets.Make);

    public bool Knows(string presented) => Secrets.Same(presented, secret);
}
