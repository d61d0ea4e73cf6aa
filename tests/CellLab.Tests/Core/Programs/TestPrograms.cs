using CellLab.Core.Programs;
using CellLab.Core.Safety;
using FsCheck;
using FsCheck.Fluent;

namespace CellLab.Tests.Core.Programs;

/// <summary>Programs for tests; 1C = 0.5 mA.</summary>
internal static class TestPrograms
{
    public const double OneC = 0.5e-3;

    public static readonly SafetyLimits Wide = new(4.9, 1.8, null, null, null, 5);

    public static CellProgram Of(params ProgramStep[] steps) => Of(Wide, steps);

    public static CellProgram Of(SafetyLimits limits, params ProgramStep[] steps) => new("p", steps, new RecordRule(30, 0.005, null), limits, OneC);

    public static CurrentStep Current(int number, double rateC, double volts, double? seconds = null) =>
        new(number, "b", rateC * OneC, rateC, seconds, volts);

    /// <summary>Any nesting of loops round rests, charges, discharges and holds, at most some hundred executed steps.</summary>
    public static Gen<CellProgram> Any { get; } = Sequence(2).Select(items => Of([.. Number(items)]));

    /// <summary>As <see cref="Any"/>, but loops are not nested: for tests that play every step.</summary>
    public static Gen<CellProgram> Short { get; } = Sequence(1).Select(items => Of([.. Number(items)]));

    private static Gen<Item[]> Sequence(int depth) => Gen.Choose(1, 4).SelectMany(length => ItemOf(depth).ArrayOf(length));

    private static Gen<Item> ItemOf(int depth)
    {
        Gen<Item> step = Gen.Elements(Kinds).Select(make => new Item(make, [], 0));
        return depth == 0
            ? step
            : Gen.Frequency((3, step), (1, from body in Sequence(depth - 1) from passes in Gen.Choose(1, 4) select new Item(null, body, passes)));
    }

    private static readonly Func<int, ProgramStep>[] Kinds =
    [
        n => new RestStep(n, "b", 90),
        n => Current(n, 1, 4.8),
        n => Current(n, -2, 2.0),
        n => Current(n, -0.5, 2.5, 1200),
        n => new VoltageStep(n, "b", 4.5, true, 1800, 0.05 * OneC),
        n => new VoltageStep(n, "b", 2.5, false, 1800, -0.05 * OneC),
        n => Current(n, 0.5, 4.8) with { UntilAmpereHours = 0.1 * OneC },
        n => new PowerStep(n, "b", 2e-3, null, 4.8),
        n => new PowerStep(n, "b", -1e-3, 3600, 2.0, 0.3 * OneC),
        n => new ResistanceStep(n, "b", 8000, null, 2.0),
    ];

    private static List<ProgramStep> Number(Item[] items)
    {
        var steps = new List<ProgramStep>();
        Add(items, steps);
        return steps;
    }

    private static void Add(Item[] items, List<ProgramStep> steps)
    {
        foreach (Item item in items)
        {
            int first = steps.Count + 1;
            Add(item.Body, steps);
            steps.Add(item.Make is { } make ? make(steps.Count + 1) : new LoopStep(steps.Count + 1, "b", first, item.Passes));
        }
    }

    /// <summary>One step, or a loop over a body.</summary>
    private sealed record Item(Func<int, ProgramStep>? Make, Item[] Body, int Passes);
}
