using System.CommandLine;

namespace CellLab.Cli.Text;

/// <summary><c>--accept-losses</c>: takes a vendor's step file although conditions or protections of its steps cannot be carried out.</summary>
internal static class AcceptLosses
{
    public static Option<bool> Create() =>
        new("--accept-losses") { Description = "Take a NEWARE step file although the channel or the target cannot carry out conditions or protections of its steps; they are listed" };
}
