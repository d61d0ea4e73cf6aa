using System.Text.RegularExpressions;

namespace CellLab.Tests.Architecture;

/// <summary>Rules that the compiler does not watch.</summary>
public sealed partial class SourceRuleTests
{
    /// <summary>The last two are programs' parts that depend on nothing of ours (decision 0009).</summary>
    private static readonly string[] MayTouchTheSystem =
    [
        "src/CellLab.Transport/", "src/CellLab.Messaging/Clients/", "src/CellLab.Messaging/Broker/", "drivers/Autolab/Bridge/", "hardware-sim/Autolab/StandIn/",
    ];

    [Fact]
    public void Sockets_serial_ports_and_native_calls_stand_only_in_Transport_and_Messaging() => AssertNone(
        SourceTree.Product.Where(path => !MayTouchTheSystem.Any(folder => path.StartsWith(folder, StringComparison.Ordinal))),
        NativeOrSocket());

    [Fact]
    public void The_simulated_bench_and_the_drivers_do_not_know_each_other()
    {
        AssertNone(Under("hardware-sim/"), new Regex(@"CellLab\.(Drivers|Core|Engine)\b"));
        AssertNone(Under("drivers/"), new Regex(@"CellLab\.(HardwareSim|CellModel|Engine)\b"));
    }

    [Fact]
    public void One_driver_does_not_use_another()
    {
        foreach (string path in Under("drivers/").Where(path => !path.StartsWith("drivers/Catalog/", StringComparison.Ordinal)))
        {
            string family = path.Split('/')[1];
            AssertNone([path], new Regex($@"CellLab\.Drivers\.(?!{Regex.Escape(family)}\b|Catalog\b)\w+"));
        }
    }

    [Fact]
    public void Nothing_is_left_undone() => AssertNone(SourceTree.Product, Undone());

    [Fact]
    public void No_file_names_a_place_on_one_machine()
    {
        string[] patterns = ["*.cs", "*.csproj", "*.props", "*.md", "*.json", "*.yml", "*.yaml", "*.sh", "*.html", "*.js", "*.txt", "celllab", "run"];
        AssertNone(patterns.SelectMany(SourceTree.Files).Distinct(), MachinePath());
    }

    private static IEnumerable<string> Under(string folder) =>
        SourceTree.Product.Where(path => path.StartsWith(folder, StringComparison.Ordinal));

    private static void AssertNone(IEnumerable<string> paths, Regex forbidden)
    {
        string[] found =
        [
            .. from path in paths
               from line in SourceTree.Text(path).Split('\n').Select((text, index) => (text, number: index + 1))
               where forbidden.IsMatch(line.text)
               select $"{path}:{line.number}: {line.text.Trim()}",
        ];
        Assert.True(found.Length == 0, $"not allowed ({forbidden}):\n{string.Join("\n", found.Take(20))}");
    }

    [GeneratedRegex(@"System\.Net\.Sockets|\[DllImport|\[LibraryImport|System\.IO\.Ports|\bTcp(Client|Listener)\b")]
    private static partial Regex NativeOrSocket();

    [GeneratedRegex(@"NotImplementedException|\bTODO\b|\bFIXME\b|\bHACK\b")]
    private static partial Regex Undone();

    /// <summary>Home folders, build folders and what lies beside the repository (written so that it does not match itself).</summary>
    [GeneratedRegex(@"\.\./share[d]|(?<![\w.~$}])/(wor[k]|roo[t]|hom[e]|tm[p])/")]
    private static partial Regex MachinePath();
}
