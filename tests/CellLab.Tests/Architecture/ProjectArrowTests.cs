using System.Xml.Linq;

namespace CellLab.Tests.Architecture;

/// <summary>Who may refer to whom. Everything else goes through a contract in Core.</summary>
public sealed class ProjectArrowTests
{
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["CellLab.Core"] = [],
        ["CellLab.Transport"] = [],
        ["CellLab.CellModel"] = [],
        ["CellLab.AutolabBridge"] = [],
        ["CellLab.AutolabStandIn"] = [],
        ["CellLab.Engine"] = ["CellLab.Core"],
        ["CellLab.Storage"] = ["CellLab.Core"],
        ["CellLab.Messaging"] = ["CellLab.Core"],
        ["CellLab.Analysis"] = ["CellLab.Core"],
        ["CellLab.Drivers"] = ["CellLab.Core", "CellLab.Transport"],
        ["CellLab.HardwareSim"] = ["CellLab.CellModel", "CellLab.Transport"],
        ["CellLab.Service"] =
        [
            "CellLab.Analysis", "CellLab.CellModel", "CellLab.Core", "CellLab.Drivers", "CellLab.Engine", "CellLab.Messaging", "CellLab.Storage",
            "CellLab.Transport",
        ],
        ["CellLab.Cli"] = ["CellLab.Core", "CellLab.HardwareSim", "CellLab.Service"],
        ["CellLab.TestKit"] = ["CellLab.Core", "CellLab.Transport"],
        ["CellLab.ContractTests"] =
            ["CellLab.Core", "CellLab.Drivers", "CellLab.Engine", "CellLab.HardwareSim", "CellLab.TestKit", "CellLab.Transport"],
        ["CellLab.SystemTests"] = ["CellLab.TestKit"],
    };

    /// <summary>Projects that may refer to every other one.</summary>
    private static readonly string[] Unbound = ["CellLab.Tests", "CellLab.Benchmarks"];

    public static TheoryData<string> Projects => [.. SourceTree.Files("*.csproj")];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_refers_only_to_those_it_may(string project)
    {
        string name = Path.GetFileNameWithoutExtension(project);
        if (Unbound.Contains(name))
        {
            return;
        }

        Assert.True(Arrows.ContainsKey(name), $"{project} has no arrows here: add them when the design has them");
        string[] forbidden = [.. References(project).Except(Arrows[name])];
        Assert.True(forbidden.Length == 0, $"{project} must not refer to {string.Join(", ", forbidden)}");
    }

    [Fact]
    public void The_solution_holds_every_project()
    {
        string solution = SourceTree.Text("CellLab.sln").Replace('\\', '/');
        Assert.All(SourceTree.Files("*.csproj"), project => Assert.Contains($"\"{project}\"", solution, StringComparison.Ordinal));
    }

    /// <summary>A project that is only built before and started as a program is no reference to its code (decision 0009).</summary>
    private static IEnumerable<string> References(string project) => XDocument.Parse(SourceTree.Text(project))
        .Descendants("ProjectReference")
        .Where(reference => (string?)reference.Attribute("ReferenceOutputAssembly") != "false")
        .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));
}
