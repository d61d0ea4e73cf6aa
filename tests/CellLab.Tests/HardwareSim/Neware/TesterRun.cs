using System.Text;
using CellLab.CellModel;
using CellLab.Core.Programs;
using CellLab.Drivers.Neware.StepFile;
using CellLab.HardwareSim.Cells;
using CellLab.HardwareSim.Neware.Program;
using CellLab.HardwareSim.Neware.Running;

namespace CellLab.Tests.HardwareSim.Neware;

/// <summary>A program run as the service runs it on a tester, without wires: segment by segment, each as a step file that the simulated tester reads and plays
/// with its errors, watched in between and stopped where a repeat is left.</summary>
internal sealed class TesterRun(CellProgram program, ulong seed)
{
    private const double PollSeconds = 5;
    private const double NoCap = 1e9;

    private readonly SimulatedCell _cell = new(Materials.Get("LMNO"), 1);
    private readonly Meter _meter = new(exact: false, seed);
    private readonly ProgramWatch _watch = new(program);
    private readonly List<(int Step, double Seconds)> _done = [];
    private ProgramMemory _memory = ProgramMemory.Empty;
    private double _now;

    /// <summary>The executed steps by their numbers in the whole program; a step that a stopped segment had just begun does not count.</summary>
    public IReadOnlyList<(int Step, double Seconds)> Play()
    {
        SegmentPlan plan = SegmentPlan.Of(program, ExecutorAbility.InstrumentAlone);
        Segments = 0;
        for (Stage? stage = plan.StageAt(0); stage is not null; Segments++)
        {
            stage = plan.StageAt(Run(stage));
        }

        return _done;
    }

    public int Segments { get; private set; }

    /// <summary>Returns the place at which the program goes on.</summary>
    private long Run(Stage stage)
    {
        CellProgram part = stage.ProgramFor(_memory.MeasuredAmpereHours);
        string file = NewareStepFile.Write(part, "cell", DateTimeOffset.UnixEpoch, Guid.Empty);
        var test = new BtsTest(1, "cell", StepFileReader.Read(Encoding.UTF8.GetBytes(file)), _now);
        var run = new TestRun(test, _cell, _meter, NoCap);
        for (int judged = 0; ;)
        {
            _now += PollSeconds;
            run.AdvanceTo(_now);
            for (; judged < test.Steps.Count && test.Steps[judged].Ended; judged++)
            {
                if (Judge(stage, test, judged) is { } next)
                {
                    run.End(_now, RunState.Stop, BtsLogCode.Stopped);
                    return next;
                }
            }

            if (run.State.IsOver())
            {
                Assert.Equal(RunState.Finish, run.State);
                return stage.EndPlace;
            }
        }
    }

    private long? Judge(Stage stage, BtsTest test, int place)
    {
        ExecutedStep step = test.Steps[place];
        foreach (BtsRecord record in test.Records.Where(record => record.Step == place))
        {
            _memory = _watch.Measured(_memory, stage.FirstPlace + place, record.Volts);
        }

        _done.Add((stage.StepOffset + step.Step.Id, step.Seconds));
        WatchTurn turn = _watch.StepEnded(_memory, stage.FirstPlace + place, step.Step.IsDischarge ? -step.AmpereHours : step.AmpereHours);
        _memory = turn.Memory;
        return turn.Left is null ? null : turn.NextPlace;
    }
}
