using CellLab.Core.Devices;
using CellLab.Drivers.Neware.Following;
using FsCheck;
using FsCheck.Fluent;

namespace CellLab.Tests.Drivers.Neware;

public sealed class FollowTokenTests
{
    [Fact]
    public void Every_state_comes_back_from_its_token_as_it_was()
    {
        Gen<FollowState> states =
            from numbers in Gen.Choose(0, 100000).ArrayOf(6)
            from flags in ArbMap.Default.GeneratorFor<bool>().ArrayOf(6)
            from seconds in Gen.Choose(0, int.MaxValue).Select(n => n / 1000.0).ArrayOf(3)
            select new FollowState
            {
                LastRecord = numbers[0],
                StepCount = numbers[1],
                StepId = numbers[2],
                CycleId = numbers[3],
                StepLayerCycle = numbers[4],
                LastStepSeconds = seconds[0],
                StepStartSeconds = seconds[1],
                OffsetSeconds = flags[0] ? -seconds[2] : null,
                Provisional = flags[1],
                Paused = flags[2],
                PausedSinceLastRecord = flags[3],
                UnitsChecked = flags[4],
                UnitsUndecided = flags[5],
                WaitingTold = flags[0],
                StartByPcUtc = flags[1] ? DateTimeOffset.UnixEpoch.AddSeconds(seconds[2]) : null,
                StepLayerReadAtUtc = flags[2] ? DateTimeOffset.UnixEpoch.AddSeconds(seconds[0]) : null,
                OpenSteps = [.. Enumerable.Range(0, numbers[5] % 5).Select(i => new OpenStep(i + 1, numbers[2], numbers[0] + i))],
            };

        Prop.ForAll(states.ToArbitrary(), state =>
        {
            FollowState back = FollowToken.Read(FollowToken.Write(state), NewareBench.One);
            return state.OpenSteps.SequenceEqual(back.OpenSteps) && state == (back with { OpenSteps = state.OpenSteps });
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"v\":2,\"n\":5}")]
    [InlineData("{\"v\":1,\"op\":[1,2]}")]
    [InlineData("{\"v\":1,\"t0\":-5}")]
    [InlineData("something of another driver")]
    public void A_token_that_is_not_ours_is_a_fault_of_its_channel(string token)
    {
        var fault = Assert.Throws<DeviceFaultException>(() => FollowToken.Read(token, NewareBench.One));

        Assert.Equal(FaultKind.Protocol, fault.Kind);
    }
}
