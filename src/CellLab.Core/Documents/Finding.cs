namespace CellLab.Core.Documents;

/// <summary>One thing found wrong or doubtful in a text that a person wrote. <paramref name="Line"/> and <paramref name="Column"/> count
/// characters from 1; 0 when the finding concerns the whole. <paramref name="Hint"/> says what to do.</summary>
public sealed record Finding(string? File, int Line, int Column, string Message, string? Hint = null)
{
    public override string ToString()
    {
        string place = Line > 0 ? $"{File}:{Line}:{Column}: " : File is null ? "" : $"{File}: ";
        return place + Message + (Hint is null ? "" : $" ({Hint})");
    }
}
