using CellLab.HardwareSim.Neware.Running;

namespace CellLab.Tests.HardwareSim.Neware;

public sealed class TestIdsTests
{
    [Fact]
    public void Test_ids_go_on_when_the_bench_is_started_again()
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("celllab-ids-").FullName, "test-id");
        var first = new TestIds(file);
        Assert.Equal([101, 102], [first.Next(), first.Next()]);
        Assert.Equal(103, new TestIds(file).Next());
        File.WriteAllText(file, "nonsense");
        Assert.Equal(101, new TestIds(file).Next());
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }
}
