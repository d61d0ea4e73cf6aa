namespace CellLab.Core.Storage;

/// <summary>Names of durable cursors.</summary>
public static class JournalCursors
{
    /// <summary>Position up to which the publisher has every acknowledgement; rows after it stay in the tail.</summary>
    public const string Publisher = "publisher";

    /// <summary>The same for the rows of instruments beside the cycler, which have positions of their own.</summary>
    public const string CompanionPublisher = "companion-publisher";
}
