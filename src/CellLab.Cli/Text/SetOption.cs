using System.CommandLine;

namespace CellLab.Cli.Text;

/// <summary><c>--set name=value</c>: values for a protocol's parameters, one at a time.</summary>
internal static class SetOption
{
    public static Option<string[]> Create() => new("--set") { Description = "A parameter of the protocol, for example --set rate=0.2C; may be repeated" };

    /// <exception cref="CliException">Not <c>name=value</c>, or a name given twice.</exception>
    public static Dictionary<string, string> Read(string[]? given)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string one in given ?? [])
        {
            int equals = one.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || equals == one.Length - 1)
            {
                throw CliException.Usage($"--set: '{one}' is not name=value; write for example --set rate=0.2C");
            }

            if (!settings.TryAdd(one[..equals].Trim(), one[(equals + 1)..].Trim()))
            {
                throw CliException.Usage($"--set: '{one[..equals]}' is given twice");
            }
        }

        return settings;
    }
}
