using CellLab.HardwareSim.Cells;
using CellLab.HardwareSim.MethodScript.Language;
using CellLab.HardwareSim.MethodScript.Wire;

namespace CellLab.HardwareSim.MethodScript.Running;

/// <summary>Carries out commands that take no time.</summary>
internal sealed class CommandRunner(ScriptContext context, ScriptMemory memory)
{
    private const int MostInPackage = 33;

    /// <exception cref="ScriptFault">A run-time error.</exception>
    public void Run(Command command)
    {
        switch (command.Name)
        {
            case "store_var" or "copy_var" or "add_var" or "sub_var" or "mul_var" or "div_var":
                Calculate(command);
                break;
            case "pck_start" or "pck_add" or "pck_end":
                Pack(command);
                break;
            case "timer_start":
                memory.TimerStart = memory.Now;
                break;
            case "timer_get":
                memory.Set(command.Arguments[0], new ScriptValue(memory.Now - memory.TimerStart, false, "eb"));
                break;
            case "send_string":
                context.Emit("T" + command.Arguments[0].Word.Text.Trim('"'));
                break;
            case "set_gpio":
                memory.Pins = (int)memory.NumberOf(command.Arguments[0]);
                break;
            case "get_gpio":
                memory.Set(command.Arguments[0], new ScriptValue(memory.Pins, true, "ec"));
                break;
            default:
                Electronics(command);
                break;
        }
    }

    private void Calculate(Command command)
    {
        (Operand first, Operand second) = (command.Arguments[0], command.Arguments[1]);
        if (command.Name == "copy_var")
        {
            memory.Set(second, memory.ValueOf(first));
            return;
        }

        ScriptValue other = memory.ValueOf(second);
        if (command.Name == "store_var")
        {
            memory.Set(first, other with { Type = command.Arguments[2].Word.Text });
            return;
        }

        ScriptValue present = memory.ValueOf(first);
        double result = command.Name switch
        {
            "add_var" => present.Number + other.Number,
            "sub_var" => present.Number - other.Number,
            "mul_var" => present.Number * other.Number,
            _ when other.Number == 0 => throw new ScriptFault(FaultCode.DivisionByZero, command.Line),
            _ => present.Number / other.Number,
        };
        memory.Set(first, present with { Number = result });
    }

    private void Pack(Command command)
    {
        bool open = memory.Package is not null;
        if (open == (command.Name == "pck_start"))
        {
            throw new ScriptFault(FaultCode.PackageOrder, command.Line);
        }

        switch (command.Name)
        {
            case "pck_start":
                memory.Package = [];
                break;
            case "pck_add" when memory.Package!.Count >= MostInPackage:
                throw new ScriptFault(FaultCode.TooMany, command.Line);
            case "pck_add":
                memory.Package!.Add(memory.ValueOf(command.Arguments[0]));
                break;
            default:
                context.Emit(PackageText.Of(memory.Package!));
                memory.Package = null;
                break;
        }
    }

    private void Electronics(Command command)
    {
        Terminals terminals = context.Terminals;
        switch (command.Name)
        {
            case "cell_on" or "cell_off":
                terminals.Switch(command.Name == "cell_on", memory.Now);
                break;
            case "set_e":
                terminals.SetVolts = Allowed(memory.NumberOf(command.Arguments[0]), command.Line);
                break;
            case "set_i":
                terminals.SetAmperes = memory.NumberOf(command.Arguments[0]);
                break;
            case "set_pgstat_mode":
                terminals.Mode = context.SelectRegulation((int)memory.NumberOf(command.Arguments[0])) ?? throw new ScriptFault(FaultCode.NotOnThisInstrument, command.Line);
                break;
            case "set_range" when command.Arguments[0].Word.Text is "ba" or "db":
                context.Front.Ranging.Fix(memory.NumberOf(command.Arguments[1]));
                break;
            case "set_autoranging" when command.Arguments[0].Word.Text is "ba" or "db":
                context.Front.Ranging.Between(memory.NumberOf(command.Arguments[1]), memory.NumberOf(command.Arguments[2]));
                break;
        }
    }

    /// <summary>A potential that the model can apply.</summary>
    public double Allowed(double volts, int line) =>
        Math.Abs(volts) <= context.Model.MaxVolts ? volts : throw new ScriptFault(FaultCode.PotentialNotAllowed, line);
}
