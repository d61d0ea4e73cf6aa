using CellLab.Core.Protocols;
using FsCheck;
using FsCheck.Fluent;

namespace CellLab.Tests.Core.Protocols;

public sealed class DamagedProtocolTests
{
    private static readonly string Text = RepositoryFiles.Text("config", "protocols", "rate-map.json");

    private static readonly string[] Scraps =
        ["", "\"", "{", "}", "[", "]", ",", ":", "0", "-", "null", "true", "1e999", "\\", "\u0000", "ä", "\ud800", "loop", "\"tag\"", "C/0", "\n"];

    private static readonly Gen<string> Damaged =
        from edits in (from place in Gen.Choose(0, Text.Length - 1)
                       from length in Gen.Choose(0, 12)
                       from scrap in Gen.Elements(Scraps)
                       select (place, length, scrap)).NonEmptyListOf()
        select edits.Take(5).Aggregate(Text, (text, edit) => Edit(text, edit.place, edit.length, edit.scrap));

    [Fact]
    public void A_damaged_file_gives_a_protocol_or_errors_that_lie_within_it() => Prop.ForAll(Damaged.ToArbitrary(), text =>
    {
        ProtocolReading reading = ProtocolReader.Read("damaged.json", text);
        int lines = text.Split('\n').Length;
        Assert.True(reading.Protocol is null == reading.Errors.Count > 0);
        Assert.All(reading.Errors, error => Assert.InRange(error.Line, 1, lines));
        Assert.All(reading.Errors, error => Assert.True(error.Column >= 1 && error.Message.Length > 0));
        if (reading.Protocol is { } protocol)
        {
            Compilation compilation = ProgramCompiler.Compile(protocol, new CellLab.Core.Units.CRateBase(250, 2));
            Assert.True(compilation.Program is null == compilation.Errors.Count > 0);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static string Edit(string text, int place, int length, string scrap)
    {
        int start = Math.Min(place, text.Length);
        return text[..start] + scrap + text[Math.Min(text.Length, start + length)..];
    }
}
