namespace CellLab.Cli.Text;

/// <summary>A plain table: columns as wide as their longest entry, two blanks between, numbers to the right.</summary>
internal static class TextTable
{
    public static void Write(TextWriter output, string[] headers, IReadOnlyList<string[]> rows)
    {
        int[] widths = [.. headers.Select((header, column) => Math.Max(header.Length, rows.Select(row => row[column].Length).DefaultIfEmpty(0).Max()))];
        output.WriteLine(Line(headers, widths, _ => false));
        foreach (string[] row in rows)
        {
            output.WriteLine(Line(row, widths, IsNumber));
        }
    }

    private static string Line(string[] cells, int[] widths, Func<string, bool> toTheRight) =>
        string.Join("  ", cells.Select((cell, column) => toTheRight(cell) ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd();

    private static bool IsNumber(string cell) =>
        cell.Length > 0 && cell.All(letter => char.IsAsciiDigit(letter) || letter is '.' or '-' or '+' or '%');
}
