using System.Globalization;
using System.Text.RegularExpressions;
using ClusterPulse.Aggregation;
using ClusterPulse.Explain;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Regions;
using ClusterPulse.UnitTests.Reference;
using Xunit;

namespace ClusterPulse.UnitTests.Explain;

/// <summary>The worked examples of <c>docs/explain.md</c>.</summary>
public sealed partial class WorkedExplanationsTests(LoadedReference reference)
{
    private static readonly Month From = new(2003, 12);
    private static readonly Month To = new(2004, 12);
    private static readonly Feed[] AllFeeds = [.. VocabularyWords.Feeds];

    private sealed record Example(string Indicator, string Labels, ExplainBy By, IReadOnlyList<ExamplePart> Parts, double Change);

    private sealed record ExamplePart(string Name, string Then, string Now, double Contribution);

    [Fact]
    public void EveryExampleOfTheDocumentationComesOut()
    {
        var examples = Read();
        Assert.Equal(
            [ExplainMethod.Difference, ExplainMethod.Ratio, ExplainMethod.Herfindahl, ExplainMethod.Shapley],
            examples.Select(e => ExplainMethods.Of(e.Indicator, e.By)));
        foreach (var example in examples)
        {
            var explanation = Explain(example);
            Assert.Equal(ExplainMethods.Of(example.Indicator, example.By), explanation.Method);
            Assert.Equal(example.Change, explanation.Change!.Value, 6);
            Assert.Equal(
                example.Parts.Where(p => p.Contribution != 0).Select(p => p.Name).Order(StringComparer.Ordinal),
                explanation.Parts.Select(p => p.Name).Order(StringComparer.Ordinal));
            Assert.All(explanation.Parts, p => Assert.Equal(example.Parts.Single(e => e.Name == p.Name).Contribution, p.Contribution, 6));
        }
    }

    [Fact]
    public void ARatioSaysWhichSideOfItMoved()
    {
        var parts = Explain(Read().Single(e => e.Indicator == "local_linkage_ratio")).Parts;

        var (kunshan, wujiang) = (parts[0], parts[1]);
        Assert.Equal(("regions/320583", 0d), (kunshan.Name, kunshan.NumeratorEffect));
        Assert.Equal(kunshan.Contribution, kunshan.DenominatorEffect);
        Assert.Equal((0d, wujiang.Contribution), (wujiang.DenominatorEffect, wujiang.NumeratorEffect));
        Assert.Equal([("linked", 100d), ("foreign_funded", 1_500d)], kunshan.Now.Select(o => (o.Name, o.Value)));
    }

    [Theory]
    [InlineData("output_cny", 12, 0.25)]
    [InlineData("output_cny", 6, null)]
    [InlineData("local_linkage_ratio", 12, null)]
    public void WhatSuspectReportsHoldIsSaidOfSumsOverAYear(string indicator, int months, double? share)
    {
        var example = Read().Single(e => e.Indicator == indicator);
        var suspect = new CellSums();
        suspect.Add(new(Measure.MatchedNow, "output|12|CNY", To), 900);
        suspect.Add(new(Measure.MatchedThen, "output|12|CNY", To), 1_000);
        suspect.Add(new(Measure.SuspectNow, "output|12|CNY", To), 5);
        suspect.Add(new(Measure.SuspectThen, "output|12|CNY", To), 30);

        if (months != 12)
        {
            foreach (var feed in AllFeeds)
                suspect.Add(new(Measure.Reported, feed.Word(), To - months), 10 * example.Parts.Count);
        }

        var explanation = Explain(example, suspect, To - months);

        Assert.NotNull(explanation.Change);
        Assert.Equal(share, explanation.SuspectShare);
    }

    [Fact]
    public void TheMethodsOfTheDocumentationAreThoseOfTheCode()
    {
        foreach (var row in Text().Split('\n').Where(l => MethodRow().IsMatch(l)))
        {
            var method = Enum.Parse<ExplainMethod>(MethodRow().Match(row).Groups[1].Value, ignoreCase: true);
            foreach (var (id, by) in Named().Matches(row).Select(m => (m.Groups[1].Value, m.Groups[2].Value)).Skip(1))
            {
                Assert.NotNull(new IndicatorCatalogue().Find(id));
                Assert.Equal(method, ExplainMethods.Of(id, by.Length > 0 ? Enum.Parse<ExplainBy>(by, ignoreCase: true) : ExplainBy.Children));
            }
        }
        var listed = new IndicatorCatalogue().All.Select(i => i.Definition.Id)
            .Where(id => ExplainMethods.Of(id, ExplainBy.Children) != ExplainMethod.Shapley);
        Assert.All(listed, id => Assert.Contains($"`{id}`", Text(), StringComparison.Ordinal));
    }

    /// <param name="example">From the document.</param>
    /// <param name="more">Cells of the place besides.</param>
    /// <param name="from">The earlier month, if another.</param>
    private Explanation Explain(Example example, CellSums? more = null, Month? from = null)
    {
        var catalogue = new IndicatorCatalogue();
        var explainer = new Explainer(catalogue, new(catalogue, reference.Data), reference.Data);
        var whole = more ?? new();
        var places = new List<PlaceCells>();
        foreach (var part in example.Parts)
        {
            var cells = Cells(example.Indicator, part);
            whole.Add(cells);
            if (example.By == ExplainBy.Children)
                places.Add(new(part.Name, part.Name, part.Name, cells));
        }
        var query = new ExplainQuery
        {
            Place = "regions/3205",
            Indicator = example.Indicator,
            Labels = example.Labels,
            From = from ?? From,
            To = To,
            By = example.By,
        };
        return explainer.Explain(query, new("regions/3205", "苏州市", "Suzhou", whole), places, ExchangeRates.None, new HashSet<(Feed, Month)>());
    }

    private static CellSums Cells(string indicator, ExamplePart part)
    {
        var sums = new CellSums();
        // All are expected and all report, so that the months are complete.
        var firms = indicator == "local_linkage_ratio" ? 0 : 10;
        if (firms > 0)
            Stock(Measure.Active, "foreign", firms, firms);
        switch (indicator)
        {
            case "output_cny":
                Flow(Measure.Output, "foreign|CNY", Number(part.Then) * 100, Number(part.Now) * 100);
                break;
            case "fdi_source_hhi":
                Flow(Measure.Fdi, part.Name + "|USD", Number(part.Then), Number(part.Now));
                break;
            case "local_linkage_ratio":
                var (then, now) = (part.Then.Split('/'), part.Now.Split('/'));
                Stock(Measure.Linked, "", Number(then[0]), Number(now[0]));
                Stock(Measure.Active, "foreign", Number(then[1]), Number(now[1]));
                Report(Number(then[1]), Number(now[1]));
                return sums;
            case "suppliers_reached":
                foreach (var supplier in part.Now.Split(','))
                    Stock(Measure.SupplierReached, supplier, part.Then.Split(',').Contains(supplier) ? 1 : 0, 1);
                break;
            default:
                throw new InvalidOperationException($"no cells for {indicator}");
        }
        Report(firms, firms);
        return sums;

        void Flow(Measure measure, string dimension, long then, long now)
        {
            sums.Add(new(measure, dimension, From), then);
            sums.Add(new(measure, dimension, To), now);
        }

        void Stock(Measure measure, string dimension, long then, long now) => Flow(measure, dimension, then, now - then);

        void Report(long then, long now)
        {
            foreach (var feed in AllFeeds)
                Flow(Measure.Reported, feed.Word(), then, now);
        }

        static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
    }

    private static List<Example> Read() =>
    [
        .. Block().Matches(Text()).Select(block =>
        {
            var lines = block.Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(l => l.Split(':', 2, StringSplitOptions.TrimEntries)).ToLookup(l => l[0], l => l[1]);
            return new Example(
                lines["indicator"].Single(),
                lines["labels"].SingleOrDefault() ?? "",
                Enum.Parse<ExplainBy>(lines["by"].Single(), ignoreCase: true),
                [.. lines["part"].Select(Part)],
                double.Parse(lines["change"].Single(), CultureInfo.InvariantCulture));
        }),
    ];

    private static ExamplePart Part(string line)
    {
        var words = line.Split(' ');
        var values = words[1..].Select(w => w.Split('=')).ToDictionary(w => w[0], w => w[1]);
        return new(words[0], values["then"], values["now"], double.Parse(values["contribution"], CultureInfo.InvariantCulture));
    }

    private static string Text()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "ClusterPulse.sln")))
            at = at.Parent!;
        return File.ReadAllText(Path.Combine(at.FullName, "docs", "explain.md"));
    }

    [GeneratedRegex("```example\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^\| `([A-Z]+)` \|")]
    private static partial Regex MethodRow();

    [GeneratedRegex("`([A-Za-z_]+)`(?: by ([a-z]+))?")]
    private static partial Regex Named();
}
