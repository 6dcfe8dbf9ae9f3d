using System.Globalization;
using System.Text.RegularExpressions;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Policies;
using Xunit;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>The documents say of each indicator what the catalogue says, in both languages.</summary>
public sealed partial class IndicatorDocumentTests
{
    private static readonly string[] EnglishRows =
        ["Names", "Metric", "Definition", "Formula", "Unit, range", "Source", "Feeds", "Interpretation", "Thresholds"];

    private static readonly string[] ChineseRows = ["名称", "监控指标", "定义", "公式", "单位与范围", "依据", "所需报表", "解读", "阈值"];

    private static readonly IndicatorCatalogue Catalogue = new();

    [Theory]
    [InlineData(IndicatorDocument.English)]
    [InlineData(IndicatorDocument.Chinese)]
    public void Each_indicator_has_one_section_and_nothing_else_has(string document) => Assert.Equal(
        Catalogue.All.Select(i => i.Definition.Id).Order(StringComparer.Ordinal),
        IndicatorDocument.Load(document).Sections.Select(s => s.Id).Order(StringComparer.Ordinal));

    [Fact]
    public void Both_documents_have_the_same_order() => Assert.Equal(
        IndicatorDocument.Load(IndicatorDocument.English).Sections.Select(s => s.Id),
        IndicatorDocument.Load(IndicatorDocument.Chinese).Sections.Select(s => s.Id));

    [Theory]
    [InlineData(IndicatorDocument.English)]
    [InlineData(IndicatorDocument.Chinese)]
    public void Each_section_tells_everything(string document)
    {
        foreach (var (id, rows) in IndicatorDocument.Load(document).Sections)
        {
            Assert.True(RowsOf(document).SequenceEqual(rows.Select(r => r.Key)), $"{id}: {string.Join(", ", rows.Select(r => r.Key))}");
            Assert.All(rows, row => Assert.False(string.IsNullOrWhiteSpace(row.Value), $"{id}: {row.Key}"));
        }
    }

    [Theory]
    [InlineData(IndicatorDocument.English)]
    [InlineData(IndicatorDocument.Chinese)]
    public void Names_metric_labels_and_feeds_are_those_of_the_catalogue(string document)
    {
        foreach (var (id, rows) in IndicatorDocument.Load(document).Sections)
        {
            var definition = Catalogue.Find(id)!.Definition;
            Assert.Equal($"{definition.NameZh} · {definition.NameEn}", Row("Names"));
            var metric = Metric().Match(Row("Metric"));
            Assert.Equal(definition.Metric, metric.Groups[1].Value);
            Assert.Equal(
                definition.Labels.Order(StringComparer.Ordinal),
                metric.Groups[2].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('=')[0]).Order(StringComparer.Ordinal));
            Assert.Equal(definition.Feeds.Select(f => f.Word()), Word().Matches(Row("Feeds")).Select(m => m.Value));

            string Row(string english) => rows.Single(r => r.Key == RowsOf(document)[Array.IndexOf(EnglishRows, english)]).Value;
        }
    }

    /// <summary>A threshold is told where the indicator is and again in the table of all.</summary>
    [Theory]
    [InlineData(IndicatorDocument.English)]
    [InlineData(IndicatorDocument.Chinese)]
    public void Thresholds_are_the_defaults(string document)
    {
        var defaults = AlertPolicyCatalogue.All.ToDictionary(p => p.Key, p => p.Value);
        var read = IndicatorDocument.Load(document);
        var told = read.Sections
            .SelectMany(s => s.Rows.Where(r => r.Key == RowsOf(document)[^1]))
            .SelectMany(r => Threshold().Matches(r.Value)).ToList();
        var listed = ListedThreshold().Matches(read.Text);

        Assert.Equal(defaults.Keys.Order(StringComparer.Ordinal), Names(told).Distinct());
        Assert.Equal(defaults.Keys.Order(StringComparer.Ordinal), Names(listed));
        Assert.All(told.Concat(listed), t => Assert.Equal(defaults[t.Groups[1].Value], Number(t.Groups[2].Value)));
    }

    private static string[] RowsOf(string document) => document == IndicatorDocument.English ? EnglishRows : ChineseRows;

    private static IEnumerable<string> Names(IEnumerable<Match> thresholds) =>
        thresholds.Select(t => t.Groups[1].Value).Order(StringComparer.Ordinal);

    private static double Number(string text) => double.Parse(text.Replace('−', '-'), CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^`([a-z0-9_]+)`(?:\{([^}]*)\})?")]
    private static partial Regex Metric();

    [GeneratedRegex("[a-z]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"`([a-z0-9]+(?:-[a-z0-9]+)+)` (−?[0-9]+(?:\.[0-9]+)?)")]
    private static partial Regex Threshold();

    [GeneratedRegex(@"^\| `([a-z0-9]+(?:-[a-z0-9]+)+)` \| (−?[0-9]+(?:\.[0-9]+)?) \|", RegexOptions.Multiline)]
    private static partial Regex ListedThreshold();
}
