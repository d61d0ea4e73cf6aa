namespace CellLab.TestKit.Damage;

/// <summary>Thousands of sound inputs of a reader, each damaged at random. Whatever it is, it has to end in values or in the reader's own typed fault.</summary>
public static class DamagedInputs
{
    private const int MostHits = 4;

    /// <summary>How many inputs a run has.</summary>
    public static int Count { get; } = Environment.GetEnvironmentVariable("CELLLAB_LONG_TESTS") == "1" ? 100_000 : 5_000;

    /// <summary>Gives each input to the reader.</summary>
    /// <param name="tell">Where the seed of the run goes.</param>
    /// <param name="likely">Bytes that mean something to the reader: some of them are put in.</param>
    /// <param name="survives">False when the input ended in a typed fault; may ask the random numbers of the run for more.</param>
    /// <returns>How many ended in a typed fault.</returns>
    /// <exception cref="InvalidOperationException">The reader has thrown anything else; seed, number and bytes of the input are named.</exception>
    public static int Faults(Action<string> tell, IReadOnlyList<byte[]> sound, ReadOnlySpan<byte> likely, Func<byte[], Random, bool> survives)
    {
        int seed = Random.Shared.Next();
        tell($"seed {seed}");
        var random = new Random(seed);
        int faults = 0;
        for (int number = 0; number < Count; number++)
        {
            byte[] input = Damage(random, sound[random.Next(sound.Count)], likely);
            try
            {
                faults += survives(input, random) ? 0 : 1;
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"seed {seed}, input {number}, {Convert.ToHexString(input)}: {error.GetType().Name} {error.Message}", error);
            }
        }

        return faults;
    }

    private static byte[] Damage(Random random, byte[] sound, ReadOnlySpan<byte> likely)
    {
        var bytes = new List<byte>(sound);
        for (int hits = random.Next(1, MostHits + 1); hits > 0 && bytes.Count > 0; hits--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, random.Next(1, Math.Min(40, bytes.Count - at) + 1));
                    break;
                case 2:
                    bytes.Insert(at, likely[random.Next(likely.Length)]);
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(0, random.Next(bytes.Count)));
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }
}
