using ClusterPulse.Estates;
using ClusterPulse.Facts;
using ClusterPulse.Regions;
using ClusterPulse.SystemTests.Support;
using Xunit;
using static ClusterPulse.SystemTests.Support.Rows;

namespace ClusterPulse.SystemTests.Silo;

/// <summary>Grains, Committer, Combiner and the embedded store together.</summary>
public sealed class EmbeddedSiloTests
{
    private static readonly DateOnly AsOf = new(2004, 12, 31);

    [Fact]
    public async Task Reports_reach_every_level_and_survive_a_restart()
    {
        using var folder = new TempFolder();
        await using (var silo = await EmbeddedSilo.StartAsync(folder.Path, AsOf))
        {
            await FillAsync(silo);
            await AssertFiguresAsync(silo);
        }
        await using (var silo = await EmbeddedSilo.StartAsync(folder.Path, AsOf))
        {
            await AssertFiguresAsync(silo);
            Assert.NotEqual(-1, await silo.Maintenance.CycleAsync());
        }
        await using (var silo = await EmbeddedSilo.StartAsync(folder.Path, AsOf))
        {
            await AssertFiguresAsync(silo);
            var rebuilt = await silo.Maintenance.RebuildAsync(null);
            Assert.Equal(4, rebuilt.Enterprises);
            await AssertFiguresAsync(silo);
        }
    }

    [Fact]
    public async Task Sending_everything_again_changes_nothing()
    {
        using var folder = new TempFolder();
        await using var silo = await EmbeddedSilo.StartAsync(folder.Path, AsOf);
        var first = await FillAsync(silo);

        var again = await FillAsync(silo);

        // Whoever sends the same rows again has not heard what became of them, and is told that.
        Assert.Equal((first.Accepted, first.Revised, 0, 0), (again.Accepted, again.Revised, again.Duplicate, again.Rejected));
        await AssertFiguresAsync(silo);
    }

    [Fact]
    public async Task A_supplier_registered_after_the_purchase_is_judged_then()
    {
        using var folder = new TempFolder();
        await using var silo = await EmbeddedSilo.StartAsync(folder.Path, AsOf);
        await silo.RegisterAsync(("org-A", Profile("320583", Ownership.Foreign)));
        var sent = await silo.ReportAsync("s", Purchases(0, "org-A", "2004-10", ("org-S", 100)), Employment(1, "org-A", "2004-10", 10));
        Assert.Equal(2, sent.Accepted);
        Assert.Equal(0, Value(await silo.HealthAsync("regions/3205"), "local_linkage_ratio"));

        await silo.RegisterAsync(("org-S", Profile("320505", Ownership.Private)));
        await silo.ReportAsync("s", Employment(2, "org-S", "2004-10", 10));

        await Eventually.TrueAsync(async () => Value(await silo.HealthAsync("regions/3205"), "local_linkage_ratio") == 1);
        Assert.Equal(1, Value(await silo.HealthAsync("regions/320583"), "suppliers_reached"));
        Assert.Equal(0, Value(await silo.HealthAsync("regions/320583"), "linked_suppliers"));
        Assert.Equal(1, Value(await silo.HealthAsync("regions/320505"), "linked_suppliers"));
    }

    private static async Task<Ingest.IngestAnswer> FillAsync(EmbeddedSilo silo)
    {
        await silo.Grains.GetGrain<IEstateGrain>("sip").CreateAsync(
            new() { Id = "sip", Region = "320576", ValidFrom = Month.Parse("2003-01"), NameZh = "苏州工业园区", NameEn = "SIP" });
        await silo.RegisterAsync(
            ("org-A", Profile("320583", Ownership.Foreign)),
            ("org-B", Profile("320576", Ownership.Hmt, "sip")),
            ("org-S", Profile("320505", Ownership.Private)),
            ("org-W", Profile("330302", Ownership.Private)));
        var rows = new List<Ingest.ReportRow>();
        foreach (var enterprise in (string[])["org-A", "org-B", "org-S", "org-W"])
        {
            rows.Add(Money(rows.Count, enterprise, Feed.Output, "2004-10", 1_000_00));
            rows.Add(Money(rows.Count, enterprise, Feed.Export, "2004-10", 400_00));
            rows.Add(Employment(rows.Count, enterprise, "2004-10", 100));
        }
        rows.Add(Purchases(rows.Count, "org-A", "2004-10", ("org-S", 70_00), ("org-W", 30_00)));
        rows.Add(Purchases(rows.Count, "org-B", "2004-10"));
        rows.Add(Fdi(rows.Count, "org-A", "2004-10", ("TW", 75_00), ("JP", 25_00)));
        rows.Add(Fdi(rows.Count, "org-B", "2004-10"));
        return await silo.ReportAsync("fill", rows);
    }

    private static async Task AssertFiguresAsync(EmbeddedSilo silo)
    {
        var prefecture = await silo.HealthAsync("regions/3205");
        Assert.Equal("江苏·苏州", prefecture.Path);
        Assert.Equal(0.5, Value(prefecture, "local_linkage_ratio"));
        Assert.Equal(0.7, Value(prefecture, "local_sourcing_ratio")!.Value, 12);
        Assert.Equal(1, Value(prefecture, "suppliers_reached"));
        Assert.Equal(0.625, Value(prefecture, "fdi_source_hhi", "basis=immediate")!.Value, 12);
        Assert.Equal(3000, Value(prefecture, "output_cny"));
        Assert.Equal(0, Value(prefecture, "estates_linked"));
        var nation = await silo.HealthAsync("regions/CN");
        Assert.Equal(4000, Value(nation, "output_cny"));
        Assert.Equal(400, Value(nation, "employment_persons"));
        Assert.Equal(0.5, Value(nation, "foreign_share", "attribute=all,measure=enterprises"));
        var estate = await silo.HealthAsync("estates/sip");
        Assert.Equal(0, Value(estate, "local_linkage_ratio"));
        Assert.Equal(1000, Value(estate, "output_cny"));
    }

    private static double? Value(PlaceHealth health, string indicator, string labels = "") =>
        health.Figures.Single(f => f.Indicator == indicator && f.Figure.Labels == labels).Figure.Value;
}
