using System.Globalization;
using CellLab.AutolabBridge.Wire;

namespace CellLab.AutolabBridge;

/// <summary>The program's command line.</summary>
internal sealed record BridgeOptions
{
    public const string Usage = "CellLab.AutolabBridge --sdk FOLDER [--port 8079] [--call-limit-s 30] [--until-input-ends]";

    /// <summary>Folder of the operator's own installation of the Autolab SDK.</summary>
    public required string SdkFolder { get; init; }

    /// <summary>On 127.0.0.1; 0 takes a free one, told on standard output.</summary>
    public int Port { get; init; } = 8079;

    /// <summary>Wall time that one call of the SDK may take beyond what it measures.</summary>
    public double CallLimitSeconds { get; init; } = 30;

    /// <summary>A client that comes back at once may be here before its old connection is seen to have ended: it waits so long before it is turned
    /// away. Shorter than any client's patience with a silent bridge.</summary>
    public double HandOverSeconds { get; init; } = 4;

    /// <summary>Ends, cell off, when standard input ends: with the program that started this one.</summary>
    public bool UntilInputEnds { get; init; }

    /// <exception cref="BadRequestException">Not a command line of this program.</exception>
    public static BridgeOptions Parse(IReadOnlyList<string> words)
    {
        var options = new BridgeOptions { SdkFolder = "" };
        for (int i = 0; i < words.Count; i++)
        {
            options = words[i] switch
            {
                "--sdk" => options with { SdkFolder = Next(ref i) },
                "--port" => options with { Port = (int)Number(Next(ref i), 0, 65535) },
                "--call-limit-s" => options with { CallLimitSeconds = Number(Next(ref i), 1, 3600) },
                "--until-input-ends" => options with { UntilInputEnds = true },
                _ => throw new BadRequestException($"'{words[i]}' is no option; {Usage}"),
            };
        }

        return options.SdkFolder.Length > 0 ? options : throw new BadRequestException($"--sdk is missing; {Usage}");

        string Next(ref int i) => i + 1 < words.Count ? words[++i] : throw new BadRequestException($"{words[i]} needs a value; {Usage}");
    }

    private static double Number(string text, double lowest, double highest) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= lowest && number <= highest
            ? number
            : throw new BadRequestException(FormattableString.Invariant($"expected a number from {lowest} to {highest}, found '{text}'"));
}
