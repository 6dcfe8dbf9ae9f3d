using ClusterPulse.Enterprises;
using ClusterPulse.Facts;
using ClusterPulse.UnitTests.Reference;
using Xunit;

namespace ClusterPulse.UnitTests.Silo;

/// <summary>Suspect reports by SQL and by formula.</summary>
public sealed class SuspectAuditTests(LoadedReference reference)
{
    private static readonly Month January = new(2004, 1);

    [Fact]
    public async Task Each_rule_counts_in_the_audit_as_in_the_cells_and_a_cell_that_was_changed_shows()
    {
        await using var store = await SqliteWorld.CreateAsync(reference);
        // A slip, an outlier, exports above output, and a slip that is explained.
        await WriteAsync(store, "org-1", (Feed.Output, 12, 1_000, 0), (Feed.Output, 13, 1_000_000, 0));
        await WriteAsync(store, "org-2", (Feed.Employment, 1, 500, 0), (Feed.Employment, 12, 510, 0), (Feed.Employment, 13, 50, 0));
        await WriteAsync(store, "org-3", (Feed.Output, 13, 70, 0), (Feed.Export, 13, 71, 0));
        await WriteAsync(store, "org-4", (Feed.Output, 12, 1_000, 0), (Feed.Output, 13, 1_000_000, 0), (Feed.Output, 13, 1_000_000, 1));
        // One far from its peers, and one that was and is explained.
        await WriteAsync(store, "org-5", outlier: true, (Feed.Export, 13, 5_000, 0));
        await WriteAsync(store, "org-6", outlier: true, (Feed.Export, 13, 5_000, 1));
        foreach (var feed in (Feed[])[Feed.Output, Feed.Export, Feed.Employment])
            await store.CommitAsync(new PeriodClosed(feed, January + 13, "test"));
        await store.CycleAsync();

        var clean = await store.AuditAsync();
        var figures = await store.FiguresAsync("regions/3205");
        Assert.Equal(1, store.Tamper(
            "UPDATE cell SET amount = amount + 1 WHERE place = 'regions/3205' AND measure = 'suspect' AND dimension = 'export' AND period = '2005-02'"));
        var tampered = await store.AuditAsync();

        Assert.Equal((0, 0), (clean.Differences, clean.FigureDifferences));
        Assert.Equal(
            [("feed=employment", January + 13, 1d), ("feed=export", January + 13, 2d), ("feed=output", January + 13, 1d)],
            figures.Where(f => f.Indicator == "suspect_reports").Select(f => (f.Figure.Labels, f.Period, f.Figure.Value!.Value)).Order());
        Assert.Equal(1, tampered.Differences);
        var shown = Assert.Single(tampered.FigureSamples);
        Assert.Equal(("regions/3205", "suspect_reports", "feed=export"), (shown.Place, shown.Indicator, shown.Labels));
        Assert.Equal((3d, 2d), (shown.Live!.Value, shown.Recomputed!.Value));
    }

    [Fact]
    public async Task What_they_hold_of_a_change_is_the_same_by_sql_and_a_cell_that_was_changed_shows()
    {
        await using var store = await SqliteWorld.CreateAsync(reference);
        Feed[] feeds = [Feed.Output, Feed.Export, Feed.Employment];
        // A slip now, a slip a year ago with a rise since, and nothing odd.
        await WriteAsync(store, "org-1", [.. feeds.SelectMany(f => Months(f, (1, 900_000), (12, 1_000_000), (13, 100)))]);
        await WriteAsync(store, "org-2", [.. feeds.SelectMany(f => Months(f, (0, 5_000_000), (1, 500), (12, 700), (13, 1_000)))]);
        await WriteAsync(store, "org-3", [.. feeds.SelectMany(f => Months(f, (1, 400_000), (12, 300_000), (13, 300_000)))]);
        // Nothing is comparable of these.
        await WriteAsync(store, "org-4", [.. feeds.SelectMany(f => Months(f, (12, 1_000), (13, 1_000_000)))]);
        foreach (var feed in feeds)
            await store.CommitAsync(new PeriodClosed(feed, January + 13, "test"));
        await store.CycleAsync();

        var clean = await store.AuditAsync();
        var figures = await store.FiguresAsync("regions/3205");
        Assert.Equal(1, store.Tamper(
            "UPDATE cell SET amount = amount + 899400 WHERE place = 'regions/3205' AND measure = 'suspect_now' AND dimension = 'output|12|CNY' AND period = '2005-02'"));
        var tampered = await store.AuditAsync();

        Assert.Equal((0, 0), (clean.Differences, clean.FigureDifferences));
        Assert.Equal(
            ((string[])["employment_persons", "export_cny", "output_cny"]).Select(i => ("indicator=" + i, January + 13, 899_400d / 999_400)),
            figures.Where(f => f.Indicator == "change_suspect_ratio").Select(f => (f.Figure.Labels, f.Period, f.Figure.Value!.Value)).Order());
        Assert.Equal(1, tampered.Differences);
        var shown = Assert.Single(tampered.FigureSamples);
        Assert.Equal(("regions/3205", "change_suspect_ratio", "indicator=output_cny"), (shown.Place, shown.Indicator, shown.Labels));
        Assert.Equal((0d, 899_400d / 999_400), (shown.Live!.Value, shown.Recomputed!.Value));

        static IEnumerable<(Feed, int, long, int)> Months(Feed feed, params (int Month, long Amount)[] months) =>
            months.Select(m => (feed, m.Month, m.Amount, 0));
    }

    private Task WriteAsync(SqliteWorld store, string id, params (Feed Feed, int Month, long Amount, int Explained)[] reports) =>
        WriteAsync(store, id, outlier: false, reports);

    private async Task WriteAsync(SqliteWorld store, string id, bool outlier, params (Feed Feed, int Month, long Amount, int Explained)[] reports)
    {
        var draft = new EnterpriseDraft(EnterpriseState.Unknown(id), store.Geography);
        draft.Register(new() { ValidFrom = January, Region = reference.Region("3205").Children[0].Code, Industry = "3911", Ownership = Ownership.Private });
        foreach (var (feed, month, amount, explained) in reports)
        {
            var content = new ReportContent
            {
                Basis = Basis.Month,
                Note = explained > 0 ? "it is right" : null,
                Lines = [new() { Currency = feed == Feed.Employment ? "" : "CNY", Amount = amount }],
            };
            draft.Write(new(new(feed, January + month), new()
            {
                Revision = 1 + explained,
                Content = content,
                Origin = new("3205", "s", 1),
                ContentHash = ContentHash.Of(content),
                Outlier = outlier,
            }));
        }
        await store.CommitAsync(draft.ToChange());
    }
}
