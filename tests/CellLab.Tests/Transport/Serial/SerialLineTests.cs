using CellLab.Transport.Serial;
using CellLab.Transport.Terminals;

namespace CellLab.Tests.Transport.Serial;

/// <summary>At a rate that has no constant in the system.</summary>
public sealed class SerialLineTests : SerialLineConformance
{
    protected override SerialSettings Line => new(Baud: 28800, Flow: SerialFlow.RtsCts);

    [Fact]
    public void A_file_at_the_place_of_the_link_is_left_alone()
    {
        string folder = Directory.CreateTempSubdirectory("celllab-line-").FullName;
        string file = Path.Combine(folder, "kept");
        File.WriteAllText(file, "kept");

        Assert.Throws<IOException>(() => PseudoTerminalListener.Open(file));

        Assert.Equal("kept", File.ReadAllText(file));
        Directory.Delete(folder, recursive: true);
    }
}
