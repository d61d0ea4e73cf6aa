using CellLab.Storage.Tail;
using FsCheck;
using FsCheck.Fluent;

namespace CellLab.Tests.Storage.Tail;

public sealed class PositionRingTests
{
    [Fact]
    public void It_behaves_as_a_sorted_list_that_loses_its_front() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(Gen.Choose(-40, 60).ArrayOf().ToArbitrary(), actions =>
        {
            var ring = new PositionRing();
            var list = new List<long>();
            long last = 0;
            foreach (int action in actions)
            {
                if (action > 0)
                {
                    last += action;
                    ring.Add(last);
                    list.Add(last);
                }
                else
                {
                    long upTo = last + (action * 4);
                    Assert.Equal(list.Count(position => position <= upTo), ring.CountUpTo(upTo));
                    ring.DropUpTo(upTo);
                    list.RemoveAll(position => position <= upTo);
                }

                Assert.Equal(list, Enumerable.Range(0, ring.Count).Select(index => ring[index]));
            }
        }));
}
