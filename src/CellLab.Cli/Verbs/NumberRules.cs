using System.CommandLine;

namespace CellLab.Cli.Verbs;

/// <summary>Ranges of numeric options.</summary>
internal static class NumberRules
{
    public static void Require<T>(Option<T> option, Func<T?, bool> accept, string expected) => option.Validators.Add(result =>
    {
        if (!result.Errors.Any() && !accept(result.GetValueOrDefault<T>()))
        {
            result.AddError($"{option.Name} must be {expected}");
        }
    });
}
