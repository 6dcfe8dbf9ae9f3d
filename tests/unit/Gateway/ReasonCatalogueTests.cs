using System.Reflection;
using ClusterPulse.Ingest;
using ClusterPulse.Validation;
using Xunit;

namespace ClusterPulse.UnitTests.Gateway;

/// <summary>The catalogue, its constants and its page are one.</summary>
public sealed class ReasonCatalogueTests
{
    private static IEnumerable<string> Names => typeof(Reasons).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!);

    [Fact]
    public void Every_reason_has_its_rule_and_advice_in_both_languages()
    {
        Assert.Equal(Names.Order(), ReasonCatalogue.All.Select(r => r.Name).Order());
        Assert.All(ReasonCatalogue.All, r => Assert.All([r.RuleEn, r.AdviceEn], text => Assert.EndsWith(".", text, StringComparison.Ordinal)));
        Assert.All(ReasonCatalogue.All, r => Assert.All([r.RuleZh, r.AdviceZh], text => Assert.EndsWith("。", text, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_reason_of_a_newer_build_has_words_too() => Assert.Equal("OF_TOMORROW", ReasonCatalogue.Find("OF_TOMORROW").Name);

    [Fact]
    public void The_page_lists_the_same_words()
    {
        var page = File.ReadAllText(Page());
        var rows = ReasonCatalogue.All.Select(r => $"| `{r.Name}` | {r.RuleEn}<br>{r.RuleZh} | {r.AdviceEn}<br>{r.AdviceZh} |").ToList();

        Assert.All(rows, row => Assert.Contains(row, page, StringComparison.Ordinal));
        Assert.Equal(rows.Count, page.Split('\n').Count(line => line.StartsWith("| `", StringComparison.Ordinal)));
        var warnings = page[page.IndexOf("## Warnings", StringComparison.Ordinal)..];
        Assert.All(ReasonCatalogue.All, r => Assert.Equal(r.IsWarning, warnings.Contains($"| `{r.Name}` |", StringComparison.Ordinal)));
    }

    private static string Page()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ClusterPulse.sln")))
                return Path.Combine(folder.FullName, "docs", "reasons.md");
        }
        throw new FileNotFoundException("the tests do not run inside the repository");
    }
}
