using System.Globalization;
using System.Text.RegularExpressions;
using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using Xunit;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>The worked examples of the documents, English and Chinese, computed by the indicators themselves from cells.</summary>
public sealed partial class WorkedExamplesTests
{
    private static readonly Month Now = new(2004, 12);
    private static readonly string[] FiveSources = ["TW=5200", "HK=1800", "JP=1500", "US=900", "KR=600"];

    public sealed record Example(string Indicator, string Labels, IReadOnlyDictionary<string, double> Inputs, double Result);

    [Theory]
    [InlineData(IndicatorDocument.English)]
    [InlineData(IndicatorDocument.Chinese)]
    public void Every_example_of_the_documentation_comes_out(string document)
    {
        var catalogue = new IndicatorCatalogue();
        var examples = ReadExamples(document);
        Assert.True(examples.Count >= 30, $"{examples.Count} examples");
        foreach (var example in examples)
        {
            var view = new CellView(Cells(example), Rates(example), _ => 2, Closed(example)) { Around = Around(example) };
            var indicator = catalogue.Find(example.Indicator)!;
            var figure = indicator.Also.Prepend(indicator).SelectMany(i => i.At(view, Now)).Single(f => f.Labels == example.Labels);
            Assert.True(figure.Value is { } value && Math.Abs(value - example.Result) < 1e-6 * Math.Max(1, Math.Abs(example.Result)), $"{example} gives {figure}");
        }
    }

    [Theory]
    [InlineData(IndicatorDocument.English)]
    [InlineData(IndicatorDocument.Chinese)]
    public void Every_indicator_has_an_example(string document)
    {
        var documented = ReadExamples(document).Select(e => e.Indicator).ToHashSet();

        Assert.Subset(documented, new IndicatorCatalogue().All.Select(i => i.Definition.Id).ToHashSet());
    }

    private static CellTable Cells(Example example)
    {
        var cells = new CellTable(example.Labels.EndsWith("_district", StringComparison.Ordinal));
        double In(string name) => example.Inputs[name];
        switch (example.Indicator)
        {
            case "output_cny" or "export_cny":
                var measure = example.Indicator == "output_cny" ? Measure.Output : Measure.Export;
                foreach (var value in example.Inputs.Values)
                    Add(measure, "private|CNY", value * 100);
                break;
            case "employment_persons":
                foreach (var value in example.Inputs.Values)
                    Add(Measure.Employment, "private", value);
                break;
            case "fdi_utilised_usd":
                Add(Measure.Fdi, "US|USD", In("usd") * 100);
                Add(Measure.Fdi, "HK|HKD", In("hkd") * 100);
                break;
            case "enterprises":
                Add(Measure.Active, "hmt", In("registered") - In("closed"));
                break;
            case "labour_productivity_cny":
                Add(Measure.Output, "private|CNY", In("output_cny") * 100);
                for (var back = 0; back < 12; back++)
                    cells.Add(new(Measure.Employment, "private", Now - back), (long)In("mean_employment"));
                break;
            case "growth_ratio" when example.Labels.Contains("basis=all", StringComparison.Ordinal):
                cells.Add(new(Measure.Active, "private", Now - 12), 2);
                cells.Add(new(Measure.Reported, "output", Now - 12), 2);
                cells.Add(new(Measure.Output, "private|CNY", Now - 12), (long)In("then"));
                Add(Measure.Output, "private|CNY", In("now"));
                break;
            case "growth_volatility":
                cells.Add(new(Measure.Active, "private", Now - 11), 1);
                foreach (var (growth, back) in example.Inputs.Values.Select((g, i) => (g, 11 - i)))
                {
                    cells.Add(new(Measure.Reported, "output", Now - back), 1);
                    cells.Add(new(Measure.MatchedThen, "output|12|CNY", Now - back), 1_000_000);
                    cells.Add(new(Measure.MatchedNow, "output|12|CNY", Now - back), (long)Math.Round((1 + growth) * 1_000_000));
                }
                break;
            case "enterprise_birth_rate" or "enterprise_death_rate":
                cells.Add(new(Measure.Active, "private", Now - 12), (long)In("active_then"));
                var (happened, many) = example.Indicator == "enterprise_birth_rate" ? (Measure.Births, In("births")) : (Measure.Deaths, In("deaths"));
                cells.Add(new(happened, "", Now - 12), 1_000);
                cells.Add(new(happened, "", Now - 11), (long)many - 1);
                Add(happened, "", 1);
                break;
            case "private_growth_gap":
                Add(Measure.OutputMatchedNow, "private|CNY", In("private_now") * 100);
                Add(Measure.OutputMatchedThen, "private|CNY", In("private_then") * 100);
                Add(Measure.OutputMatchedNow, "hmt+|CNY", In("foreign_funded_now") * 100);
                Add(Measure.OutputMatchedThen, "foreign|CNY", In("foreign_funded_then") * 100);
                Add(Measure.OutputMatchedNow, "state|CNY", 999);
                break;
            case "link_survival_ratio":
                cells.Add(new(Measure.Active, "foreign", Now - 23), 1);
                cells.Add(new(Measure.Reported, "linkage", Now - 23), 1);
                Add(Measure.Reported, "linkage", 1);
                cells.Add(new(Measure.SupplierReached, "org-1", Now - 12), (long)In("links_then"));
                Add(Measure.SupplierReached, "org-2", 1_000);
                Add(Measure.LinkSurvived, "", In("survived"));
                break;
            case "embeddedness_index":
                Add(Measure.Linked, "", In("linked"));
                Add(Measure.Active, "foreign", In("foreign_funded"));
                Add(Measure.Purchases, "local|CNY", In("local_purchases") * 100);
                Add(Measure.Purchases, "other|CNY", (In("purchases") - In("local_purchases")) * 100);
                Sources(example.Inputs.Where(i => i.Key.Length == 2).Select(i => $"{i.Key}={i.Value}"), Now);
                break;
            case "industry_hhi":
                foreach (var (division, persons) in example.Inputs)
                    cells.Add(new(Measure.Employment, division, "private", Now), (long)persons);
                break;
            case "cluster_type":
                cells.Add(new(Measure.Active, "private", Now - 24), 1);
                // A year apart, so that each share is that of a window of its own.
                foreach (var (share, back) in example.Inputs.Values.Select((s, i) => (s, 12 * (example.Inputs.Count - 1 - i))))
                {
                    cells.Add(new(Measure.Reported, "output", Now - back), 1);
                    cells.Add(new(Measure.Output, "foreign|CNY", Now - back), (long)Math.Round(share * 1_000));
                    cells.Add(new(Measure.Output, "private|CNY", Now - back), 1_000 - (long)Math.Round(share * 1_000));
                }
                break;
            case "network_density":
                Add(Measure.Active, "private", In("enterprises"));
                Add(Measure.NetworkLink, "", In("links"));
                break;
            case "network_reciprocity":
                Add(Measure.NetworkLink, "", In("one_way") + In("both_ways"));
                for (var i = 0; i < In("one_way") + (In("both_ways") / 2); i++)
                    Add(Measure.NetworkPair, $"org-{i}~org-x", i < In("one_way") ? 1 : 2);
                break;
            case "network_mean_suppliers":
                Add(Measure.NetworkLink, "", In("links"));
                Add(Measure.NetworkBuyer, "", In("buyers"));
                break;
            case "stage_change":
                goto case "stage";
            case "stage" when cells.IsEstate:
                cells.Add(new(Measure.Active, "foreign", Now - 11), (long)In("foreign_funded"));
                for (var back = 0; back < 12; back++)
                    cells.Add(new(Measure.Reported, "linkage", Now - back), (long)In("foreign_funded"));
                Add(Measure.Linked, "", In("linked"));
                foreach (var division in (string[])["39", "17"])
                    cells.Add(new(Measure.Employment, division, "private", Now), (long)In(division));
                break;
            case "stage":
                cells.Add(new(Measure.Active, "foreign", Now - 35), 100);
                for (var back = 0; back < 36; back++)
                    cells.Add(new(Measure.Reported, "linkage", Now - back), 100);
                cells.Add(new(Measure.Linked, "", Now - 35), (long)Math.Round(In("rate_then") * 100));
                Add(Measure.Linked, "", Math.Round((In("rate_now") - In("rate_then")) * 100));
                break;
            case "growth_ratio":
                var lag = example.Labels.Contains("measure=fdi", StringComparison.Ordinal) ? "fdi|12|USD" : "output|12|CNY";
                Add(Measure.MatchedNow, lag, In("now"));
                Add(Measure.MatchedThen, lag, In("then"));
                break;
            case "local_linkage_ratio":
                Add(Measure.Linked, "", In("linked"));
                Add(Measure.Active, "foreign", In("foreign_funded"));
                break;
            case "local_linkage_change":
                const int Enterprises = 1_000_000;
                for (var back = 0; back < 24; back++)
                    cells.Add(new(Measure.Reported, "linkage", Now - back), Enterprises);
                cells.Add(new(Measure.Active, "foreign", Now - 23), Enterprises);
                cells.Add(new(Measure.Linked, "", Now - 12), (long)Math.Round(In("rate_then") * Enterprises));
                Add(Measure.Linked, "", Math.Round((In("rate_now") - In("rate_then")) * Enterprises));
                break;
            case "local_sourcing_ratio":
                Add(Measure.Purchases, "local|CNY", In("local_purchases") * 100);
                Add(Measure.Purchases, "other|CNY", (In("purchases") - In("local_purchases")) * 100);
                break;
            case "suppliers_reached":
                for (var i = 0; i < In("pairs"); i++)
                    Add(Measure.SupplierReached, $"org-{i % (In("pairs") - In("repeated"))}", 1);
                break;
            case "linked_suppliers":
                for (var i = 0; i < example.Inputs.Values.Sum(); i++)
                    Add(Measure.LinkedSupplier, $"org-{i}", 1);
                break;
            case "estates_linked":
                Add(Measure.Estates, "", In("estates"));
                for (var i = 0; i < In("estates") - In("without"); i++)
                    Add(Measure.EstateLinked, $"estate-{i}", 3);
                break;
            case "estates":
                Add(Measure.Estates, "", In("linked") + In("without"));
                break;
            case "fdi_source_hhi" or "fdi_top_source_share":
                Sources(example.Inputs.Select(i => $"{i.Key}={i.Value}"), Now);
                break;
            case "fdi_investor_hhi":
                foreach (var (investor, usd) in example.Inputs)
                    Add(Measure.FdiInvestor, $"{(investor == "unnamed" ? "" : investor)}|USD", usd * 100);
                break;
            case "anchor_share" or "anchor_suppliers":
                foreach (var (firm, yuan) in example.Inputs.Where(i => i.Key.StartsWith("output_", StringComparison.Ordinal)))
                    Add(Measure.EnterpriseOutput, $"org-{firm["output_".Length..]}|CNY", yuan * 100);
                foreach (var (firm, suppliers) in example.Inputs.Where(i => i.Key.StartsWith("suppliers_", StringComparison.Ordinal)))
                    Add(Measure.BuyerSuppliers, $"org-{firm["suppliers_".Length..]}", suppliers);
                break;
            case "fdi_source_hhi_change":
                for (var back = 0; back < 24; back++)
                    cells.Add(new(Measure.Reported, "fdi", Now - back), 1);
                cells.Add(new(Measure.Active, "foreign", Now - 23), 1);
                Sources(FiveSources, Now);
                Sources(FourEqualAndOne(In("hhi_then")), Now - 12);
                break;
            case "fdi_source_hhi_normalised" or "fdi_effective_sources":
                Sources(example.Inputs.GetValueOrDefault("sources", 5) == 1 ? ["TW=1"] : FiveSources, Now);
                break;
            case "foreign_share" when example.Labels.Contains("employment", StringComparison.Ordinal):
                Add(Measure.Employment, "foreign", In("foreign_funded"));
                Add(Measure.Employment, "private", In("all") - In("foreign_funded"));
                break;
            case "foreign_share":
                Add(Measure.Active, "foreign+", In("foreign_funded"));
                Add(Measure.Active, "private+", In("all") - In("foreign_funded"));
                break;
            case "sme_share":
                var size = example.Labels == "by=count" ? Measure.SizeCount : Measure.SizeEmployment;
                Add(size, Dimensions.Small, In("small_and_medium"));
                Add(size, Dimensions.Large, In("all") - In("small_and_medium"));
                break;
            case "export_intensity":
                Add(Measure.Export, "private|CNY", In("exports_cny") * 100);
                Add(Measure.Output, "private|CNY", In("output_cny") * 100);
                break;
            case "reporting_coverage_ratio" when example.Inputs.ContainsKey("prior_expected"):
                cells.Add(new(Measure.Active, "private", Now - 1), 100);
                cells.Add(new(Measure.Reported, "output", Now - 1), 100);
                Add(Measure.Reported, "output", 99);
                Add(Measure.PriorReported, "output|1|CNY", In("prior_reported"));
                Add(Measure.PriorExpected, "output|1|CNY", In("prior_expected"));
                break;
            case "reporting_coverage_ratio":
                Add(Measure.Active, "foreign", In("expected"));
                Add(Measure.Reported, "linkage", In("reported"));
                break;
            case "change_suspect_ratio":
                Add(Measure.MatchedNow, "output|12|CNY", In("now") * 100);
                Add(Measure.MatchedThen, "output|12|CNY", In("then") * 100);
                Add(Measure.SuspectNow, "output|12|CNY", In("suspect_now") * 100);
                Add(Measure.SuspectThen, "output|12|CNY", In("suspect_then") * 100);
                break;
            case "suspect_reports":
                Add(Measure.Active, "private", 1);
                Add(Measure.Suspect, example.Labels["feed=".Length..], In("slips") + In("outliers") - In("explained"));
                break;
            case "feed_overdue":
                Add(Measure.Active, "foreign", 100);
                Add(Measure.Reported, example.Labels["feed=".Length..], Math.Round(In("coverage") * 100));
                break;
            case "location_quotient":
                Employment(cells, "39", Now, In("industry_here"));
                Employment(cells, "17", Now, In("all_here") - In("industry_here"));
                break;
            case "krugman_specialisation" or "shift_share_persons":
                foreach (var (name, persons) in example.Inputs.Where(i => i.Key.StartsWith("here_", StringComparison.Ordinal)))
                    Employment(cells, name[5..7], name.EndsWith("_then", StringComparison.Ordinal) ? Now - 12 : Now, persons);
                Complete(cells, Feed.Employment, Now - 12);
                break;
            case "cluster_stars":
                Employment(cells, "39", Now, In("industry_here"));
                Employment(cells, "17", Now, In("all_here") - In("industry_here"));
                break;
            case "clusters":
                Complete(cells, Feed.Employment, Now - (example.Inputs.Count - 1), Now);
                foreach (var (stars, back) in example.Inputs.Values.Select((s, i) => (s, example.Inputs.Count - 1 - i)))
                {
                    Employment(cells, "39", Now - back, stars > 0 ? 5_000 : 500);
                    Employment(cells, "17", Now - back, 5_000);
                }
                break;
            case "clustered_share":
                Complete(cells, Feed.Employment, Now - 2, Now);
                Employment(cells, "39", Now, In("all"));
                break;
            case "ellison_glaeser_gamma":
                foreach (var (_, persons) in example.Inputs.Where(i => i.Key.StartsWith("enterprise_", StringComparison.Ordinal)))
                {
                    Employment(cells, "39", Now, persons);
                    cells.Add(new(Measure.EmploymentSquare, "39", "low", Now), (long)(persons * persons));
                }
                break;
            case "fdi_into_clusters_ratio":
                Complete(cells, Feed.Employment, Now - 14, Now - 12);
                Fdi(cells, Now, In("fdi_usd"));
                break;
            case "fdi_performance_index":
                Fdi(cells, Now, In("fdi_usd"));
                Add(Measure.Output, "private|CNY", In("output_cny") * 100);
                break;
            case "fdi_share_change" when example.Labels.Contains("source=", StringComparison.Ordinal):
                Invested(cells, Now, In("fdi_now"));
                Invested(cells, Now - 12, In("fdi_then"));
                break;
            case "fdi_share_change":
                Fdi(cells, Now, In("fdi_now"));
                Fdi(cells, Now - 12, In("fdi_then"));
                break;
            case "fdi_share_losing_periods":
                for (var back = 0; back < 36; back++)
                    Fdi(cells, Now - back, In(back < In("months") ? "share_now" : "share_before") * 1_000);
                break;
            default:
                throw new InvalidOperationException($"no cells for {example.Indicator}");
        }
        return cells;

        void Add(Measure measure, string dimension, double amount) => cells.Add(new(measure, dimension, Now), (long)amount);

        void Sources(IEnumerable<string> shares, Month period)
        {
            foreach (var share in shares)
                cells.Add(new(Measure.Fdi, share[..2] + "|USD", period), (long)(double.Parse(share[3..], CultureInfo.InvariantCulture) * 1_000_000));
        }
    }

    private static void Complete(CellTable cells, Feed feed, Month from, Month to)
    {
        cells.Add(new(Measure.Active, "foreign", from), 1);
        for (var month = from; month <= to; month += 1)
            cells.Add(new(Measure.Reported, feed.Word(), month), 1);
    }

    private static void Employment(CellTable cells, string division, Month period, double persons)
    {
        cells.Add(new(Measure.Employment, division, "private", period), (long)persons);
        cells.Add(new(Measure.Employment, "private", period), (long)persons);
    }

    private static void Fdi(CellTable cells, Month period, double usd) => cells.Add(new(Measure.Fdi, "HK|USD", period), (long)Math.Round(usd * 100));

    /// <summary>Taiwan's capital in electronics.</summary>
    private static void Invested(CellTable cells, Month period, double usd) =>
        cells.Add(new(Measure.FdiByIndustry, "3911", "TW|USD", period), (long)Math.Round(usd * 100));

    /// <summary>One enterprise, which reported the month.</summary>
    private static void Complete(CellTable cells, Feed feed, Month period)
    {
        cells.Add(new(Measure.Active, "foreign", period), 1);
        cells.Add(new(Measure.Reported, feed.Word(), period), 1);
    }

    /// <summary>Shares a, b, b, b, b with a² + 4b² = hhi and a + 4b = 1.</summary>
    private static string[] FourEqualAndOne(double hhi)
    {
        var b = (8 - Math.Sqrt(64 - (80 * (1 - hhi)))) / 40;
        return [.. new[] { "TW", "HK", "JP", "US", "KR" }.Select((source, i) =>
            string.Create(CultureInfo.InvariantCulture, $"{source}={(i == 0 ? 1 - (4 * b) : b) * 1_000}"))];
    }

    private static ExchangeRates Rates(Example example) => example.Inputs.TryGetValue("usd_per_hkd", out var rate)
        ? new(System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(
            new Dictionary<(string, string, Month), double> { [("HKD", "USD", Now)] = rate }))
        : ExchangeRates.None;

    private static HashSet<(Feed, Month)> Closed(Example example) =>
        example.Indicator == "feed_overdue" && VocabularyWords.TryParseFeed(example.Labels["feed=".Length..], out var feed) ? [(feed, Now)] : [];

    private static List<Example> ReadExamples(string document)
    {
        return [.. Block().Matches(IndicatorDocument.Load(document).Text).Select(block =>
        {
            var lines = block.Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(l => l.Split(':', 2, StringSplitOptions.TrimEntries)).ToDictionary(l => l[0], l => l[1]);
            return new Example(
                lines["indicator"],
                lines.GetValueOrDefault("labels", ""),
                lines["inputs"].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(i => i.Split('='))
                    .ToDictionary(i => i[0], i => double.Parse(i[1], CultureInfo.InvariantCulture)),
                double.Parse(lines["result"], CultureInfo.InvariantCulture));
        })];
    }

    [GeneratedRegex("```example\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
