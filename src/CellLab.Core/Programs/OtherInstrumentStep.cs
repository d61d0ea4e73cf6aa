using System.Globalization;

namespace CellLab.Core.Programs;

/// <summary>What the cell does while something else than its cycler acts.</summary>
public enum CellMeanwhile
{
    /// <summary>At open circuit; the cycler's program has ended before and goes on afterwards.</summary>
    RestsAtOpenCircuit,

    /// <summary>Another instrument drives it (a spectrum at a held voltage).</summary>
    DrivenByInstrument,

    /// <summary>It is taken out.</summary>
    TakenOut,

    /// <summary>The cycler goes on: the step is only a mark in its program (a trigger).</summary>
    GoesOnCycling,
}

/// <summary>A step that another instrument or a person does. The cycler gives no current in it.</summary>
/// <param name="Kind">By the name in the protocol: <c>impedance_spectroscopy</c>, <c>barrier</c>, ...</param>
/// <param name="Role">Who is needed, by the role in a pipeline: <c>eis</c>, <c>ms</c>, <c>xrd</c>, or <see cref="Person"/>.</param>
/// <param name="ExpectedSeconds">An estimate; null when nobody can tell (a person, a wait for another instrument).</param>
public sealed record OtherInstrumentStep(int Number, string Block, string Kind, string Role, double? ExpectedSeconds, CellMeanwhile Meanwhile)
    : ProgramStep(Number, Block)
{
    public const string Person = "person";

    /// <summary>How long a step counts of which no duration is known: as good as nothing. A power of two, so that adding it to a long test's time is exact.</summary>
    public const double MarkSeconds = 1.0 / 1024;

    /// <summary>The step's settings, by the names and in the units that the protocol uses.</summary>
    public IReadOnlyDictionary<string, string> Members { get; init; } = new Dictionary<string, string>();

    /// <summary>The cycler's program has to end before it.</summary>
    public bool StopsCycler => Meanwhile != CellMeanwhile.GoesOnCycling;

    /// <summary>What the machine and the rehearsal take it to last.</summary>
    public double CountedSeconds => ExpectedSeconds is > 0 and var seconds ? seconds : MarkSeconds;

    /// <summary>One clause for people: who has to act.</summary>
    public string Needs => Role == Person ? "a person" : $"role {Role}";

    /// <summary>One clause for people: what the cell does in it.</summary>
    public string CellText => Meanwhile switch
    {
        CellMeanwhile.DrivenByInstrument => "another instrument drives the cell, the cycler is off",
        CellMeanwhile.TakenOut => "the cell is taken out",
        CellMeanwhile.GoesOnCycling => "the cycler goes on",
        _ => $"the cell rests at open circuit{AtMost}",
    };

    private string AtMost => Members.TryGetValue("timeout_s", out string? text) ? string.Create(CultureInfo.InvariantCulture, $", at most {text} s") : "";
}
