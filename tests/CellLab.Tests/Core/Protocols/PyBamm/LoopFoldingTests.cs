using CellLab.Core.Protocols;
using FsCheck;
using FsCheck.Fluent;
using static CellLab.Tests.Core.Protocols.PyBamm.PyBammTexts;

namespace CellLab.Tests.Core.Protocols.PyBamm;

public sealed class LoopFoldingTests
{
    private static readonly string[] Sentences =
        ["Rest for 1 minute", "Charge at 1C until 4.8 V", "Discharge at 1C until 2 V", "Hold at 4.8 V until 0.05C"];

    private static readonly Gen<string[]> Flat =
        from parts in (from part in Gen.Elements(Sentences).ArrayOf(3)
                       from passes in Gen.Choose(1, 6)
                       select Enumerable.Repeat(part, passes).SelectMany(step => step)).ListOf()
        select parts.SelectMany(part => part).Take(200).ToArray();

    [Fact]
    public void Four_hundred_cycles_fold_into_one_loop() => Assert.Equal(
        "open_circuit_voltage tag constant_current constant_current loop x400 open_circuit_voltage",
        Shape(Read($"{Sentences[0]}\n{Times(400, Sentences[1], Sentences[2])}{Sentences[0]}")));

    [Fact]
    public void A_loop_in_a_loop_is_found() => Assert.Equal(
        "tag constant_current tag open_circuit_voltage loop x10 constant_current loop x20",
        Shape(Read(Times(20, [Sentences[1], .. Enumerable.Repeat(Sentences[0], 10), Sentences[2]]))));

    [Fact]
    public void Too_short_a_repeat_stays_as_it_is() => Assert.Equal("open_circuit_voltage open_circuit_voltage", Shape(Read(Times(2, Sentences[0]))));

    [Fact]
    public void Loops_lie_at_most_two_deep()
    {
        string inner = Times(5, Sentences[0]) + Sentences[1] + "\n";
        string middle = string.Concat(Enumerable.Repeat(inner, 4)) + Sentences[2] + "\n";
        Protocol protocol = Read(string.Concat(Enumerable.Repeat(middle, 30)));
        Assert.Equal(2, protocol.Steps.OfType<LoopBack>().Count());
    }

    [Fact]
    public void What_is_folded_unfolds_to_what_was_given() => Prop.ForAll(Flat.ToArbitrary(), flat =>
    {
        if (flat.Length == 0)
        {
            return;
        }

        Protocol folded = Read(string.Join('\n', flat));
        Assert.Equal(flat.Select(Kind), Unfolded(folded).Select(step => step.Kind));
        Assert.True(folded.Steps.Count <= flat.Length);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static string Kind(string sentence) => Step(sentence).Kind;

    private static string Times(int times, params string[] steps) => string.Concat(Enumerable.Repeat(string.Join('\n', steps) + "\n", times));

    /// <summary>By recursion from the last loop, another way than the writer's.</summary>
    private static List<ProtocolStep> Unfolded(Protocol protocol)
    {
        List<ProtocolStep> steps = [.. protocol.Steps];
        while (steps.Find(step => step is LoopBack) is LoopBack loop)
        {
            int end = steps.IndexOf(loop);
            int tag = steps.FindIndex(step => step is TagMark mark && mark.Tag == loop.TargetTag);
            List<ProtocolStep> body = steps[(tag + 1)..end];
            steps = [.. steps[..tag], .. Enumerable.Repeat(body, loop.Passes).SelectMany(part => part), .. steps[(end + 1)..]];
        }

        return steps;
    }
}
