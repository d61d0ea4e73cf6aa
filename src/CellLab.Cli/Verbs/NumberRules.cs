using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace CellLab.Cli.Verbs;

/// <summary>Ranges of numeric options.</summary>
internal static class NumberRules
{
    public static void Require<T>(Option<T> option, Func<T?, bool> accept, string expected)
        where T : struct, IParsable<T> => option.Validators.Add(result =>
    {
        if (result.Errors.Any())
        {
            return;
        }

        if (WordThatIsNone<T>(result) is { } word)
        {
            result.AddError($"{option.Name}: '{word}' is not a {(typeof(T) == typeof(int) ? "whole number" : "number")}; give {expected}");
        }
        else if (!accept(result.GetValueOrDefault<T>()))
        {
            result.AddError($"{option.Name} must be {expected}");
        }
    });

    /// <summary>A value that does not convert has no value to be asked for: the library throws then.</summary>
    private static string? WordThatIsNone<T>(OptionResult result)
        where T : struct, IParsable<T> =>
        result.Tokens.Select(token => token.Value).FirstOrDefault(word => !T.TryParse(word, CultureInfo.InvariantCulture, out _));
}
