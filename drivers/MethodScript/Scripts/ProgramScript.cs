using CellLab.Core.Programs;

namespace CellLab.Drivers.MethodScript.Scripts;

/// <summary>A whole program as one script: the instrument runs it alone, with cut-offs and safety limits. Each executed step is announced by a
/// package of its count, its number in the program and the time; the readings follow as packages of time, potential and current.</summary>
internal static class ProgramScript
{
    /// <summary>Sent as text when a safety limit ends the script.</summary>
    public const string LimitText = "limit";

    public static IReadOnlyList<string> Write(CellProgram program, MethodScriptOptions options)
    {
        var script = new ScriptText();
        script.Variables("s", "i", "t", "p", "c", "k", "e", "m", "b", "a", "x", "q", "d");
        LoopStep[] loops = [.. program.Steps.OfType<LoopStep>()];
        script.Variables([.. loops.Select(Counter)]);
        script.Add("store_var s 0i ja", "store_var m 0i ja", "store_var c 0 ba", "store_var q 0 ab", "set_pgstat_chan 0");
        script.Add(SmallScripts.Ranges(options)).Add("timer_start");
        foreach (ProgramStep step in program.Steps)
        {
            foreach (LoopStep loop in loops.Where(l => l.FirstStep == step.Number).OrderByDescending(l => l.Number))
            {
                script.Add($"store_var {Counter(loop)} 0i ja", $"loop {Counter(loop)} < {ScriptNumber.Count(loop.Passes)}");
            }

            if (step is LoopStep end)
            {
                script.Add($"add_var {Counter(end)} 1i", "endloop");
            }
            else
            {
                Announce(script, step.Number);
                new StepScript(script, program, options).Write(step);
            }
        }

        Announce(script, 0);
        return script.CellOffAtTheEnd().Lines;
    }

    /// <summary>Number 0 announces the end.</summary>
    private static void Announce(ScriptText script, int number) => script
        .Add("add_var s 1i", $"store_var i {ScriptNumber.Count(number)} jb", "timer_get t")
        .Package("s", "i", "t");

    private static string Counter(LoopStep loop) => $"l{loop.Number}";
}
