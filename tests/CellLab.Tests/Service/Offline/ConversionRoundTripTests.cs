using CellLab.Core.Programs;
using CellLab.Core.Protocols;
using CellLab.Core.Protocols.Unicycler;
using CellLab.Service.Offline;
using FsCheck;
using FsCheck.Fluent;

namespace CellLab.Tests.Service.Offline;

/// <summary>What is written in another format and read back is the same test, but for what the list of losses names.</summary>
[Trait("Suite", "Broad")]
public sealed class ConversionRoundTripTests
{
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(300);

    [Fact]
    public void Unicycler_gives_the_same_entries_and_limits() => Prop.ForAll(RandomProtocols.All.ToArbitrary(), protocol =>
    {
        Protocol back = RoundTrip(protocol, ProtocolConverter.Unicycler, "back.json");
        Assert.Equal(StepTexts.Of(protocol), StepTexts.Of(back));
        Assert.Equal(protocol.Limits, back.Limits with { At = default });
        Assert.Equal((protocol.Record, protocol.CapacityAmpereHours, protocol.SampleName), (back.Record, back.CapacityAmpereHours, back.SampleName));
    }).Check(Runs);

    [Fact]
    public void A_step_file_gives_the_same_program() => Prop.ForAll(RandomProtocols.All.Where(IsSensible).ToArbitrary(), protocol =>
    {
        Protocol back = RoundTrip(protocol, ProtocolConverter.Neware, "back.xml");
        CellProgram first = Compiled(protocol);
        CellProgram second = Compiled(back);
        Assert.Equal(StepTexts.Of(first), StepTexts.Of(second));
        Assert.Equal((first.Limits, first.Record, first.NominalCapacityAmpereHours), (second.Limits, second.Record, second.NominalCapacityAmpereHours));
        Assert.Equal("cell-7", back.SampleName);
    }).Check(Runs);

    [Fact]
    public void Experiment_strings_give_the_same_steps_in_the_same_order() => Prop.ForAll(RandomProtocols.All.ToArbitrary(), protocol =>
    {
        Protocol back = RoundTrip(protocol, ProtocolConverter.PyBamm, "back.txt");
        Assert.Equal(Unrolled(protocol), Unrolled(back));
    }).Check(Runs);

    [Fact]
    public void Every_loss_is_listed()
    {
        Protocol protocol = Read(Convert(UnicyclerWriter.Write(RandomProtocols.All.Sample(1, 1).First()), "a.json", ProtocolConverter.Unicycler), "a.json");
        string[] lost = [.. ProtocolConverter.Convert(Request(UnicyclerWriter.Write(protocol), "a.json", ProtocolConverter.Neware), TimeProvider.System).Findings
            .Select(finding => finding.Message).Where(message => message.StartsWith("not carried over", StringComparison.Ordinal))];
        Assert.Contains("inner-0, inner-1", Assert.Single(lost), StringComparison.Ordinal);
    }

    private static Protocol RoundTrip(Protocol protocol, string target, string file) =>
        Read(Convert(UnicyclerWriter.Write(protocol), "random.json", target), file);

    private static string Convert(string text, string file, string target)
    {
        ConvertedProtocol converted = ProtocolConverter.Convert(Request(text, file, target), TimeProvider.System);
        Assert.True(converted.Text is not null, string.Join('\n', converted.Findings));
        return converted.Text!;
    }

    private static ConversionRequest Request(string text, string file, string target) => new(file, text, target, null, null, null);

    private static Protocol Read(string text, string file)
    {
        ProtocolReading reading = ProtocolSource.Read(file, text);
        Assert.Empty(reading.Errors);
        return reading.Protocol!;
    }

    /// <summary>No cut-off that is met already, as chance also makes them.</summary>
    private static bool IsSensible(Protocol protocol) => ProgramCompiler.Compile(protocol, null).Program is not null;

    private static CellProgram Compiled(Protocol protocol)
    {
        Compilation compilation = ProgramCompiler.Compile(protocol, null);
        Assert.True(compilation.Program is not null, string.Join('\n', compilation.Errors));
        return compilation.Program!;
    }

    /// <summary>By recursion from the first loop end, another way than the writer's.</summary>
    private static IEnumerable<string> Unrolled(Protocol protocol)
    {
        List<ProtocolStep> steps = [.. protocol.Steps];
        while (steps.Find(step => step is LoopBack) is LoopBack loop)
        {
            int end = steps.IndexOf(loop);
            int tag = steps.FindIndex(step => step is TagMark mark && mark.Tag == loop.TargetTag);
            List<ProtocolStep> body = steps[(tag + 1)..end];
            steps = [.. steps[..tag], .. Enumerable.Repeat(body, loop.Passes).SelectMany(part => part), .. steps[(end + 1)..]];
        }

        return steps.Select(StepTexts.Of);
    }
}
