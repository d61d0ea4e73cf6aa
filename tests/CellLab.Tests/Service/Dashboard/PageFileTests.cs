using System.Text;
using System.Text.RegularExpressions;
using CellLab.Service.Dashboard;

namespace CellLab.Tests.Service.Dashboard;

/// <summary>The page's files as they lie in the assembly.</summary>
public sealed partial class PageFileTests
{
    private static readonly string[] Own = [.. PageFiles.Paths.Where(path => !path.StartsWith("vendor/", StringComparison.Ordinal))];

    [Fact]
    public void Every_module_that_is_imported_is_there()
    {
        foreach (string path in Own.Where(path => path.EndsWith(".js", StringComparison.Ordinal)))
        {
            foreach (Match import in Import().Matches(Text(path)))
            {
                string target = Resolve(path, import.Groups[1].Value);
                Assert.True(PageFiles.Find(target) is not null, $"{path} imports {target}, which is not there");
            }
        }
    }

    [Fact]
    public void Every_file_that_the_document_names_is_there()
    {
        string[] named = [.. Reference().Matches(Text("index.html")).Select(match => match.Groups[1].Value)];

        Assert.NotEmpty(named);
        Assert.All(named, path => Assert.True(path.StartsWith("page/", StringComparison.Ordinal) && PageFiles.Find(path["page/".Length..]) is not null, path));
    }

    [Fact]
    public void No_address_begins_at_the_root_or_at_another_host_so_that_any_path_of_a_proxy_will_do() =>
        Assert.All(Own.Where(path => !path.EndsWith(".svg", StringComparison.Ordinal)), path => Assert.DoesNotMatch(Rooted(), Text(path).Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal)));

    [Fact]
    public void Nothing_needs_what_the_content_policy_forbids()
    {
        Assert.DoesNotMatch(@"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=", Text("index.html"));
        Assert.All(Own, path => Assert.DoesNotMatch(@"\beval\(|new Function\(|innerHTML|setAttribute\('style'", Text(path)));
    }

    private static string Text(string path) => Encoding.UTF8.GetString(PageFiles.Find(path)!.Bytes);

    private static string Resolve(string from, string import) =>
        new Uri(new Uri($"http://page/{from}"), import).AbsolutePath.TrimStart('/');

    [GeneratedRegex(@"from '([^']+)'")]
    private static partial Regex Import();

    [GeneratedRegex("(?:src|href)=\"([^\"#]+)\"")]
    private static partial Regex Reference();

    [GeneratedRegex(@"https?://|['""]/(?!\*)[a-z]")]
    private static partial Regex Rooted();
}
