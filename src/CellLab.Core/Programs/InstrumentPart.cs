namespace CellLab.Core.Programs;

/// <summary>What an instrument's own program file says beyond the words of a protocol, for one step or for the whole test. The texts are opaque to everyone
/// but the writer of the same <paramref name="Format"/>, which puts them back where they stood.</summary>
/// <param name="Format">Name of the format: <c>neware</c>.</param>
/// <param name="Step">Number of the step in that file, from 1; 0 for the whole test.</param>
public sealed record InstrumentPart(string Format, int Step)
{
    /// <summary>The test runs or ends otherwise without it (conditions, protections): only an instrument that takes the format carries it out.</summary>
    public string? Deciding { get; init; }

    /// <summary><see cref="Deciding"/> in words, for people.</summary>
    public string? DecidingText { get; init; }

    /// <summary>What does not change the course of the test: a current range, members of the file that count for nothing.</summary>
    public string? Settings { get; init; }

    /// <summary>Those settings in words whose loss a person should know; null when there is none.</summary>
    public string? SettingsText { get; init; }

    /// <summary>Paths that the writer of the format would add and the file has not, separated by blanks.</summary>
    public string? Absent { get; init; }

    /// <summary>It says nothing but a number.</summary>
    public bool IsEmpty => Deciding is null && Settings is null && Absent is null;

    /// <summary>The format as people write it.</summary>
    public string FormatName => Format.ToUpperInvariant();

    /// <summary>Why an executor that takes no such format must refuse a program; empty when it need not.</summary>
    public static IEnumerable<string> Problems(CellProgram program)
    {
        if (program.InstrumentPart is { Deciding: not null } whole)
        {
            yield return $"the test carries {whole.DecidingText}, which only a {whole.FormatName} channel can carry out";
        }

        foreach (ProgramStep step in program.Steps)
        {
            if (step.InstrumentPart is { Deciding: not null } part)
            {
                yield return $"step {step.Number}: it carries {part.DecidingText}, which only a {part.FormatName} channel can carry out";
            }
        }
    }
}
