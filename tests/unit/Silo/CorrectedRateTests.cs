using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.UnitTests.Indicators;
using ClusterPulse.UnitTests.Reference;
using Xunit;
using static ClusterPulse.UnitTests.Indicators.ReportingWorld;

namespace ClusterPulse.UnitTests.Silo;

/// <summary>Money is converted when it is read.</summary>
public sealed class CorrectedRateTests(LoadedReference reference)
{
    private const string Suzhou = "regions/3205";
    private static readonly Month Period = new(2004, 10);

    [Fact]
    public async Task A_corrected_rate_changes_figures_and_no_fact()
    {
        await using var store = await FilledAsync();
        await store.CommitAsync(new ExchangeRateSet("HKD", "USD", Period, 0.125));
        var figures = await store.FiguresAsync(Suzhou);
        var rows = store.Rows();

        await store.CommitAsync(new ExchangeRateSet("HKD", "USD", Period, 0.250));
        var corrected = await store.FiguresAsync(Suzhou);

        Assert.Equal(3_000, figures.Of("fdi_utilised_usd").Figure.Value);
        Assert.Equal(4_000, corrected.Of("fdi_utilised_usd").Figure.Value);
        Assert.Equal(0.5, corrected.Of("fdi_top_source_share", "basis=immediate,source=HK").Figure.Value);
        Assert.Equal(figures.Of("output_cny"), corrected.Of("output_cny"), (a, b) => a.Figure.Value.Equals(b.Figure.Value));
        Assert.Equal(Without(rows, "exchange_rate", "writer"), Without(store.Rows(), "exchange_rate", "writer"));
        Assert.NotEqual(rows["exchange_rate"], store.Rows()["exchange_rate"]);
        Assert.NotEmpty(rows["commit_log"]);
        Assert.Empty(rows["report_revision"]);
        Assert.Equal(0, (await store.AuditAsync()).FigureDifferences);
    }

    [Fact]
    public async Task Without_a_rate_a_figure_is_unavailable_and_never_wrong()
    {
        await using var store = await FilledAsync();

        var figures = await store.FiguresAsync(Suzhou);

        var missing = figures.Of("fdi_utilised_usd").Figure;
        Assert.Equal((null, Unavailable.NoRate), (missing.Value, missing.Reason));
        Assert.Equal(1_000, figures.Of("output_cny").Figure.Value);
    }

    private async Task<SqliteWorld> FilledAsync()
    {
        var world = new ReportingWorld(reference);
        world.Register("org-a", "320583", Ownership.Hmt, Period);
        world.Report("org-a", Feed.Output, Period, Yuan(1_000_00));
        world.Report("org-a", Feed.Fdi, Period, Invested("HK", 8_000_00, "HKD"), Invested("US", 2_000_00));
        var store = await SqliteWorld.CreateAsync(reference);
        await store.CommitAsync(world.Changes);
        return store;
    }

    private static List<KeyValuePair<string, string>> Without(IReadOnlyDictionary<string, IReadOnlyList<string>> rows, params string[] tables) =>
        [.. rows.Where(t => !tables.Contains(t.Key)).SelectMany(t => t.Value.Select(row => KeyValuePair.Create(t.Key, row)))];
}
