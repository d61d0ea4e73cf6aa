namespace CellLab.Service.Access;

/// <summary>What somebody may do; each role may do what those before it may.</summary>
public enum AccessRole
{
    /// <summary>Looks, and changes nothing.</summary>
    Viewer,

    /// <summary>Commands the cells of the pipelines that he is given.</summary>
    Operator,

    /// <summary>Commands everything, and looks after the node itself.</summary>
    Admin,
}
