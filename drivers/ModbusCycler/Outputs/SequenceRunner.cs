using CellLab.Core.Units;
using CellLab.Drivers.ModbusCycler.Profiles;

namespace CellLab.Drivers.ModbusCycler.Outputs;

/// <summary>Carries out a map's sequence: every write is read back, every expected state is waited for.</summary>
internal sealed class SequenceRunner(PointAccess points, TimeProvider wall)
{
    /// <summary>Relays and slow firmware need a moment.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(20);

    /// <summary>Steps whose word stands for nothing are left out.</summary>
    /// <exception cref="MapMismatchException">Refused: out of range, or it does not read back as written.</exception>
    public async Task RunAsync(IReadOnlyList<ProfileStep> steps, StepValues values, CancellationToken cancellationToken)
    {
        foreach (ProfileStep step in steps)
        {
            if (step.Expect is ProfileBits bits)
            {
                await ExpectAsync(bits, values.Of(step) is > 0, cancellationToken);
            }
            else if (step.Raw is not null || values.Of(step) is not null)
            {
                await SetAsync(step, values.Of(step), cancellationToken);
            }
        }
    }

    private async Task SetAsync(ProfileStep step, double? value, CancellationToken cancellationToken)
    {
        ProfilePoint point = points.Point(step.Set!);
        ushort[] words = step.Raw is ushort raw
            ? [raw]
            : PointCodec.Encode(point, value!.Value, points.NominalOf(point)) ?? throw Beyond(step.Set!, point, value!.Value);
        await points.WriteAsync(point, words, cancellationToken);
        if (step.ReadBack)
        {
            ushort[] found = await points.ReadWordsAsync(point, cancellationToken);
            if (!found.SequenceEqual(words))
            {
                throw new MapMismatchException(
                    $"{step.Set} did not take {(step.Raw is null ? Show(point, words) : $"{step.Raw}")}, it reads {Show(point, found)}", refused: true);
            }
        }
    }

    private async Task ExpectAsync(ProfileBits bits, bool set, CancellationToken cancellationToken)
    {
        ProfilePoint point = points.Point(bits.Point);
        long begin = wall.GetTimestamp();
        while (true)
        {
            uint raw = (uint)PointCodec.Raw(point, await points.ReadWordsAsync(point, cancellationToken));
            if ((raw & bits.Mask) != 0 == set)
            {
                return;
            }

            if (wall.GetElapsedTime(begin) > s_patience)
            {
                throw new MapMismatchException(
                    $"{bits.Point} still reads 0x{raw:X} after {s_patience.TotalSeconds:0} s, expected bits 0x{bits.Mask:X} {(set ? "set" : "clear")}", refused: true);
            }

            await Task.Delay(s_between, wall, cancellationToken);
        }
    }

    private string Show(ProfilePoint point, ushort[] words) =>
        $"{QuantityText.Short(PointCodec.Value(point, words, points.NominalOf(point)))}{(point.Unit is null ? "" : $" {point.Unit}")}";

    private static MapMismatchException Beyond(string name, ProfilePoint point, double value) =>
        new($"{name}: {QuantityText.Short(value)} {point.Unit} is outside what the device can be set to", refused: true);
}
