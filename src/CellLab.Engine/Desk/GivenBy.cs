namespace CellLab.Engine.Desk;

/// <summary>Who gave a command, and why where that was told; both go into the audit log.</summary>
public readonly record struct GivenBy(string Who, string? Reason = null)
{
    /// <summary>Told without a reason.</summary>
    public static implicit operator GivenBy(string who) => FromString(who);

    public static GivenBy FromString(string who) => new(who);

    /// <summary>Together with the reason why a cell may start although its voltage is not as expected.</summary>
    public string? ReasonWith(string? acceptOcv) => acceptOcv is null ? Reason : Reason is null ? acceptOcv : $"{Reason}; voltage: {acceptOcv}";

    /// <summary>For the state of a job: <c>anna: the terminal is loose</c>.</summary>
    public override string ToString() => Reason is null ? Who : $"{Who}: {Reason}";
}
