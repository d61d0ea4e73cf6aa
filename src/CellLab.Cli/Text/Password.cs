using System.Text;

namespace CellLab.Cli.Text;

/// <summary>Asks for a password: at a terminal unseen and twice, else as the first line of standard input. Never an argument, which everybody on the machine can read.</summary>
internal static class Password
{
    public static string Ask(CliEnvironment environment)
    {
        if (!environment.AsksUnseen)
        {
            return environment.In.ReadLine() is { Length: > 0 } line ? line : throw CliException.Failed("no password on standard input");
        }

        string first = Unseen(environment, "password: ");
        return Unseen(environment, "once more: ") == first ? first : throw CliException.Failed("the two differ; nothing was changed");
    }

    private static string Unseen(CliEnvironment environment, string prompt)
    {
        environment.Error.Write(prompt);
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Append(key.KeyChar);
            }
        }

        environment.Error.WriteLine();
        return typed.ToString();
    }
}
