using CellLab.CellModel;
using CellLab.HardwareSim.Cells;
using CellLab.HardwareSim.Neware.Program;
using CellLab.HardwareSim.Neware.Running;
using CellLab.HardwareSim.Neware.Wire;

namespace CellLab.Tests.HardwareSim.Neware;

public sealed class SharedCellTests
{
    private readonly CellPlace _place = new("c", new SimulatedCell(Materials.Get("LMNO"), 1));

    [Fact]
    public void A_cell_that_a_tester_charges_is_charged_for_the_other_instruments_too_and_lives_once()
    {
        var alone = new BtsChannel(new BtsAddress(27, 21, 1, 1), new SimulatedCell(Materials.Get("LMNO"), 1), new Meter(true, 1), 1);
        var shared = new BtsChannel(new BtsAddress(27, 21, 1, 1), _place.Cell, new Meter(true, 1), 1, _place);
        Start(alone);
        Start(shared);
        for (double now = 1; now <= 1200; now += 1)
        {
            alone.AdvanceTo(now);
            shared.AdvanceTo(now);
            _place.View(now);
        }

        double expected = alone.At(1200, c => c.Cell!.Volts);
        Assert.Equal(expected, shared.At(1200, c => c.Cell!.Volts), 9);
        Assert.Equal(expected, _place.View(1200).State.Volts, 9);
        Assert.Equal(1200, _place.AdvancedTo, 6);
    }

    [Fact]
    public void An_output_that_is_switched_on_meanwhile_is_written_down_and_afterwards_not()
    {
        var shared = new BtsChannel(new BtsAddress(27, 21, 1, 1), _place.Cell, new Meter(true, 1), 1, _place);
        Start(shared);
        shared.AdvanceTo(100);
        _place.SwitchedOn("other", 100);
        Assert.Single(_place.Conflicts);
        _place.SwitchedOff("other");

        shared.At(1200, c => c.State);
        _place.SwitchedOn("other", 1200);
        Assert.Single(_place.Conflicts);
    }

    /// <summary>600 s of 0.05 mA.</summary>
    private static void Start(BtsChannel channel) => channel.Start(
        0, 1, "b", new BtsProgram([new BtsStep(1, BtsStepType.ChargeCurrent) { Milliamperes = 0.05, Seconds = 600 }, new BtsStep(2, BtsStepType.End)], 1, []));
}
