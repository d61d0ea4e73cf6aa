using CellLab.CellModel;

namespace CellLab.Tests.CellModel;

public sealed class SplitMix64Tests
{
    [Fact]
    public void Seed_42_gives_the_published_words()
    {
        var random = new SplitMix64(42);
        ulong[] words = [random.Next(), random.Next(), random.Next(), random.Next()];
        Assert.Equal([13679457532755275413, 2949826092126892291, 5139283748462763858, 6349198060258255764], words);
    }

    [Fact]
    public void Seed_42_gives_the_check_normals()
    {
        var random = new SplitMix64(42);
        Assert.Equal(0.4147197504, random.NextNormal(), 10);
        Assert.Equal(0.6526812222, random.NextNormal(), 10);
    }

    [Fact]
    public void Uniforms_stay_in_range_and_average_one_half()
    {
        var random = new SplitMix64(7);
        double sum = 0;
        for (int i = 0; i < 100_000; i++)
        {
            double value = random.NextUniform();
            Assert.InRange(value, 0, Math.BitDecrement(1.0));
            sum += value;
        }

        Assert.Equal(0.5, sum / 100_000, 0.005);
    }
}
