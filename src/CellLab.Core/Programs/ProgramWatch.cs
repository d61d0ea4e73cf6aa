using System.Globalization;
using CellLab.Core.Cycles;
using CellLab.Core.Samples;

namespace CellLab.Core.Programs;

/// <summary>Judges the exits of a program's loops and measures its rate base, whoever executes it: the <see cref="StepMachine"/> in every turn, or a
/// service that watches what an instrument does with a part of the program. Pure: everything it knows lies in the <see cref="ProgramMemory"/> that it
/// is given. Places are those of the whole program (<see cref="ProgramWalk.Place"/>).</summary>
public sealed class ProgramWatch
{
    /// <summary>A voltage counts as reached from so near: the last digit of an instrument, V.</summary>
    private const double ReachedWithinVolts = 5e-4;

    private readonly CellProgram _program;
    private readonly ProgramShape _shape;
    private readonly LeadingDirection _leading;
    private readonly int[] _references;
    private readonly bool _watchesVoltage;

    /// <exception cref="ArgumentException">The program's loops cross.</exception>
    public ProgramWatch(CellProgram program, LeadingDirection leading = LeadingDirection.Charge)
    {
        (_program, _leading) = (program, leading);
        _shape = new ProgramShape(program.Steps);
        LoopExits[] exits = [.. program.Steps.OfType<LoopStep>().Select(loop => loop.Exits).OfType<LoopExits>()];
        _references = [.. exits.Where(exit => exit.CapacityFraction is not null).Select(exit => exit.OfCycle).Distinct()];
        _watchesVoltage = exits.Any(exit => exit.WatchesVoltage);
        HasWork = exits.Length > 0 || program.Measured is not null;
    }

    /// <summary>The program has exits or measures its rate base; otherwise the memory never changes.</summary>
    public bool HasWork { get; }

    internal ProgramShape Shape => _shape;

    /// <summary>Notes the voltage of a measurement within the step at this place.</summary>
    public ProgramMemory Measured(ProgramMemory memory, long place, double volts)
    {
        if (!_watchesVoltage || _shape.At(place)?.Step is null or RestStep or OtherInstrumentStep)
        {
            return memory;
        }

        foreach (LoopPlace around in _shape.Around(place))
        {
            if (around.Loop.Exits is { } exits && IsReached(exits, volts) && !memory.Reached.Contains(around.Loop.Number))
            {
                memory = memory with { Reached = [.. memory.Reached, around.Loop.Number] };
            }
        }

        return memory;
    }

    /// <summary>Counts a step that is over, and says where the program goes on.</summary>
    /// <param name="ampereHours">Signed charge of the whole step.</param>
    public WatchTurn StepEnded(ProgramMemory memory, long place, double ampereHours)
    {
        if (!HasWork)
        {
            return new WatchTurn(memory, place + 1, null);
        }

        ProgramMemory now = Count(memory, place, ampereHours);
        long next = place + 1;
        LoopLeft? left = null;
        int leaving = 0; // a loop further out that is left altogether, until it has been passed
        IReadOnlyList<LoopPlace> loops = _shape.Around(place);
        foreach (LoopPlace around in loops)
        {
            if (leaving == 0 && next != around.PassEnd)
            {
                break;
            }

            if (leaving == 0 && Met(around.Loop, now) is { } why && (next < around.LoopEnd || around.Loop.Exits!.Leaves != 0))
            {
                left = new LoopLeft(around.Loop, around.Pass, why);
                leaving = around.Loop.Exits!.Leaves == 0 ? around.Loop.Number : around.Loop.Exits.Leaves;
                next = loops.First(loop => loop.Loop.Number == leaving).LoopEnd;
            }

            now = Forget(now, around.Loop.Number);
            leaving = leaving == around.Loop.Number ? 0 : leaving;
        }

        return new WatchTurn(now, next, left);
    }

    private static ProgramMemory Forget(ProgramMemory memory, int loop) =>
        memory.Reached.Contains(loop) ? memory with { Reached = [.. memory.Reached.Where(other => other != loop)] } : memory;

    private static string? Met(LoopStep loop, ProgramMemory memory)
    {
        if (memory.Reached.Contains(loop.Number))
        {
            return $"{(loop.Exits! with { CapacityFraction = null })} was reached under load";
        }

        if (loop.Exits?.CapacityFraction is not { } share || memory.Newest.Cycle == loop.Exits.OfCycle)
        {
            return null;
        }

        int of = loop.Exits.OfCycle;
        double reference = memory.References.FirstOrDefault(cycle => cycle.Cycle == of).DischargeAmpereHours;
        double newest = memory.Newest.DischargeAmpereHours;
        return reference > 0 && newest > 0 && newest < share * reference
            ? Text($"cycle {memory.Newest.Cycle} discharged {newest * 1e3:0.#####} mAh, less than {share * 100:0.###} % of the {reference * 1e3:0.#####} mAh of cycle {of}")
            : null;
    }

    private ProgramMemory Count(ProgramMemory memory, long place, double ampereHours)
    {
        var counter = new CycleCounter(_program.NominalCapacityAmpereHours, _leading, memory.Cycle);
        int cycle = counter.CountOfStep(ampereHours);
        double discharged = Math.Max(0, -ampereHours);
        double before = cycle == memory.Present.Cycle ? memory.Present.DischargeAmpereHours : 0;
        var present = new CycleCapacity(cycle, before + discharged);
        bool counts = cycle > 0 && present.DischargeAmpereHours > 0 && counter.State.StepHasQualified && discharged > 0;
        return memory with
        {
            Cycle = counter.State,
            Present = present,
            Newest = counts || memory.Newest.Cycle == cycle ? present : memory.Newest,
            References = counts && _references.Contains(cycle) ? [.. memory.References.Where(known => known.Cycle != cycle), present] : memory.References,
            MeasuredAmpereHours = memory.MeasuredAmpereHours + (IsMeasuring(place) ? discharged : 0),
        };
    }

    private bool IsMeasuring(long place)
    {
        if (_program.Measured is not { } measured || _shape.At(place) is not { } at || at.Step.Number < measured.FirstStep || at.Step.Number > measured.LastStep)
        {
            return false;
        }

        LoopPlace block = _shape.Around(place).FirstOrDefault(around => around.Loop.Number == measured.LastStep);
        return (block.Loop is null ? 1 : block.Pass) == measured.Pass;
    }

    private static bool IsReached(LoopExits exits, double volts) =>
        volts >= exits.VoltageAboveVolts - ReachedWithinVolts || volts <= exits.VoltageBelowVolts + ReachedWithinVolts;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
