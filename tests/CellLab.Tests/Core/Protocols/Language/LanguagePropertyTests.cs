using System.Globalization;
using CellLab.Core.Programs;
using CellLab.Core.Protocols;
using CellLab.Core.Units;
using FsCheck;
using FsCheck.Fluent;

namespace CellLab.Tests.Core.Protocols.Language;

/// <summary>Random methods, written as a person would, against what they must mean.</summary>
public sealed class LanguagePropertyTests
{
    private static readonly CRateBase Base = new(250, 2);

    private static readonly Gen<Piece> Leaf = Gen.OneOf(
        from rate in Gen.Choose(1, 40) from seconds in Gen.Choose(1, 9999)
        select new Piece($"Charge at {Number(rate / 10.0)}C for {seconds} s or until 4.8 V", [$"CC {Number(rate / 20.0)} mA 4.8 V {seconds} s"]),
        from current in Gen.Choose(1, 500) select new Piece($"Discharge at {current} uA until 2000 mV", [$"CC {Number(-current / 1000.0)} mA 2 V"]),
        from minutes in Gen.Choose(1, 600) select new Piece($"Rest for {minutes} min", [$"REST {minutes * 60} s"]));

    private static readonly Gen<Piece> Any = Nested(3);

    [Fact]
    public void A_method_executes_exactly_the_steps_that_it_shows() => Prop.ForAll(Gen.ArrayOf(Any, 3).ToArbitrary(), pieces =>
    {
        string text = "celllab_protocol: 1\nwindow: 2.0-4.8 V\nmethod:\n" + string.Concat(pieces.Select(piece => Lines(piece, 1)));
        ProtocolReading reading = ProtocolReader.Read("t.yaml", text);
        Assert.True(reading.Protocol is not null, string.Join("\n", reading.Errors) + text);
        CellProgram program = ProgramCompiler.Compile(reading.Protocol, Base).Program!;
        Assert.Equal(pieces.SelectMany(Unrolled), Executed(program));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void Inserts_come_after_every_nth_pass_and_take_none_away() => Prop.ForAll(
        (from passes in Gen.Choose(1, 60) from every in Gen.Choose(1, 20) select (passes, every)).ToArbitrary(), given =>
        {
            string text = "celllab_protocol: 1\nwindow: 2.0-4.8 V\nmethod:\n"
                + $"  - repeat: {given.passes}\n    every: {given.every} cycles\n    insert: [Rest for 9 s]\n    steps: [Rest for 1 s]\n";
            string[] expected =
            [
                .. Enumerable.Range(1, given.passes).SelectMany(pass => pass % given.every == 0 ? new[] { "REST 1 s", "REST 9 s" } : ["REST 1 s"]),
            ];
            CellProgram program = ProgramCompiler.Compile(ProtocolReader.Read("t.yaml", text).Protocol!, Base).Program!;
            Assert.Equal(expected, Executed(program));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    private static Gen<Piece> Nested(int depth) => depth == 0 ? Leaf : Gen.OneOf(
        Leaf,
        from passes in Gen.Choose(1, 4) from inner in Gen.ArrayOf(Nested(depth - 1), 2) select new Piece(null, [], passes, inner));

    private static string Lines(Piece piece, int depth)
    {
        string indent = new(' ', 2 * depth);
        return piece.Sentence is { } sentence ? $"{indent}- {sentence}\n"
            : $"{indent}- repeat: {piece.Passes}\n{indent}  steps:\n" + string.Concat(piece.Inner!.Select(inner => Lines(inner, depth + 2)));
    }

    private static IEnumerable<string> Unrolled(Piece piece) => piece.Sentence is not null ? piece.Steps
        : Enumerable.Range(0, piece.Passes).SelectMany(_ => piece.Inner!.SelectMany(Unrolled));

    private static IEnumerable<string> Executed(CellProgram program)
    {
        string[] texts = ProgramText.Of(program);
        var walk = new ProgramWalk(program);
        do
        {
            yield return texts[walk.Current!.Number - 1].Split(" @")[0];
        }
        while (walk.MoveNext());
    }

    private static string Number(double value) => Math.Round(value, 9).ToString(CultureInfo.InvariantCulture);

    public sealed record Piece(string? Sentence, string[] Steps, int Passes = 1, Piece[]? Inner = null);
}
