using ClusterPulse.Facts;
using ClusterPulse.Ingest;
using ClusterPulse.Regions;
using ClusterPulse.Silo.Metrics;
using ClusterPulse.SystemTests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static ClusterPulse.SystemTests.Support.Rows;

namespace ClusterPulse.SystemTests.Silo;

/// <summary>What all regions of a nation must be known for reaches each of them, and the gauges.</summary>
public sealed class ClusterFiguresTests
{
    private static readonly string[] Months = ["2004-08", "2004-09", "2004-10"];

    [Fact]
    public async Task A_prefecture_with_stars_for_three_months_is_a_recognised_cluster()
    {
        using var folder = new TempFolder();
        await using var silo = await EmbeddedSilo.StartAsync(folder.Path, new(2004, 12, 31));
        await silo.RegisterAsync(
            ("org-A", Profile("320583", Ownership.Foreign)),
            ("org-B", Profile("320505", Ownership.Hmt)),
            ("org-W", Profile("330302", Ownership.Private) with { Industry = "1751" }),
            ("org-X", Profile("330302", Ownership.Private) with { Industry = "1751" }));
        var rows = new List<ReportRow>();
        foreach (var month in Months)
        {
            foreach (var (enterprise, persons) in new[] { ("org-A", 1_500), ("org-B", 500), ("org-W", 4_000), ("org-X", 4_000) })
            {
                rows.Add(Employment(rows.Count, enterprise, month, persons));
                rows.Add(Money(rows.Count, enterprise, Feed.Output, month, persons));
                rows.Add(Money(rows.Count, enterprise, Feed.Export, month, 0));
            }
        }
        Assert.Equal(0, (await silo.ReportAsync("s", rows)).Rejected);

        await Eventually.TrueAsync(async () => Value(await silo.HealthAsync("regions/CN"), "clusters") == 2);

        var prefecture = await silo.HealthAsync("regions/3205");
        Assert.Equal(3, Value(prefecture, "cluster_stars", "industry=39"));
        Assert.Equal(1, Value(prefecture, "clusters"));
        Assert.Equal(5, Value(prefecture, "location_quotient", "industry=39,measure=employment"));
        // Of its counties one has 1,500 persons, the other 500.
        Assert.Equal(3, Value(await silo.HealthAsync("regions/320583"), "cluster_stars", "industry=39"));
        Assert.Equal(0, Value(await silo.HealthAsync("regions/320505"), "clusters"));
        var nation = await silo.HealthAsync("regions/CN");
        Assert.Equal(1, Value(nation, "clustered_share", "measure=employment"));
        // Each industry is in one prefecture: G = 0.64 + 0.64, Σx² = 0.68, H = 0.75² + 0.25².
        Assert.Equal(((1.28 / 0.32) - 0.625) / 0.375, Value(nation, "ellison_glaeser_gamma", "industry=39")!.Value, 9);

        await Eventually.TrueAsync(() => Task.FromResult(Gauges(silo).Contains(("clusterpulse_cluster_stars", "3205", "39", 3))));
        var gauges = Gauges(silo);
        Assert.Contains(("clusterpulse_clusters", "CN", null, 2), gauges);
        Assert.Contains(("clusterpulse_location_quotient", "3205", "39", 5), gauges);
        Assert.Contains(gauges, g => g is { Name: "clusterpulse_ellison_glaeser_gamma", Code: "CN", Industry: "17" });
    }

    private static List<(string Name, string? Code, string? Industry, double Value)> Gauges(EmbeddedSilo silo) =>
    [
        .. silo.Services.GetRequiredService<DomainMetrics>().Gather()
            .SelectMany(g => g.Value.Select(m => (g.Key, Tag(m.Tags, "code"), Tag(m.Tags, "industry"), m.Value))),
    ];

    private static string? Tag(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (var tag in tags)
        {
            if (tag.Key == name)
                return (string?)tag.Value;
        }
        return null;
    }

    private static double? Value(PlaceHealth health, string indicator, string labels = "") =>
        health.Figures.SingleOrDefault(f => f.Indicator == indicator && f.Figure.Labels == labels)?.Figure.Value;
}
