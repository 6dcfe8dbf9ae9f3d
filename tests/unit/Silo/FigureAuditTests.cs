using ClusterPulse.Clusters;
using ClusterPulse.Enterprises;
using ClusterPulse.Facts;
using ClusterPulse.UnitTests.Reference;
using Xunit;

namespace ClusterPulse.UnitTests.Silo;

/// <summary>Formulas in C# and formulas in SQL agree, over worlds in which nearly everyone reports.</summary>
public sealed class FigureAuditTests(LoadedReference reference)
{
    private const int Months = 30;
    private const int Count = 14;
    private const int Born = 12;
    private const int Died = 13;
    private static readonly Month First = new(2003, 1);
    private static readonly string[] Industries = ["3911", "1751", "1819", "3962"];
    private static readonly Feed[] Closed = [Feed.Output, Feed.Linkage, Feed.Fdi];

    private string[] Towns => field ??=
    [
        .. reference.Region("3205").Children.Take(2).SelectMany(c => c.Children.Take(1)).Select(t => t.Code),
        reference.Region("3303").Children[0].Children[0].Code,
    ];

    /// <summary>How many in a hundred reports are missing: from months that are complete to such that hardly are.</summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(4, 4)]
    [InlineData(5, 12)]
    public async Task FormulasAgree(int seed, int missing)
    {
        await using var store = await SqliteWorld.CreateAsync(reference);
        await FillAsync(store, new(seed), missing);
        await store.CommitAsync(
            Rivals("it", ["3205", "3303"], ["TW", "HK"], ["39", "1751", "181"]),
            Rivals("nobody", ["4419", "320583"], [], []));

        var audit = await store.AuditAsync();

        Assert.Equal(0, audit.Differences);
        Assert.True(audit.FigureDifferences == 0, $"seed {seed}: {audit.FigureDifferences} of {audit.Figures}: {string.Join('\n', audit.FigureSamples.Take(5))}");
        Assert.True(audit.Figures > 300, $"seed {seed}: {audit.Figures} figures");
    }

    [Fact]
    public async Task ACellThatWasChangedShowsInTheFiguresOfItsPlace()
    {
        await using var store = await SqliteWorld.CreateAsync(reference);
        await FillAsync(store, new(1), 0);
        await store.CycleAsync();
        store.Tamper(
            """
            INSERT INTO cell (place, measure, industry, dimension, period, amount) VALUES ('regions/3205', 'linked', '', '', '2005-05', 1)
            ON CONFLICT DO UPDATE SET amount = amount + 1
            """);

        var audit = await store.AuditAsync();

        Assert.Equal(
            ["embeddedness_index", "local_linkage_change", "local_linkage_ratio"],
            audit.FigureSamples.Select(s => s.Indicator).Distinct().Order(StringComparer.Ordinal));
        Assert.All(audit.FigureSamples, s => Assert.Equal("regions/3205", s.Place));
        var rate = audit.FigureSamples.Single(s => s.Indicator == "local_linkage_ratio");
        Assert.True(rate.Live!.Value > rate.Recomputed!.Value);
    }

    [Fact]
    public async Task FiguresOfPlacesCanBeListedAsBothSidesHaveThem()
    {
        await using var store = await SqliteWorld.CreateAsync(reference);
        await FillAsync(store, new(1), 0);

        var audit = await store.AuditListedAsync(new(null, ["regions/3205"]));

        Assert.All(audit.Figures, f => Assert.Equal("regions/3205", f.Place));
        Assert.Equal(audit.Figures.Length, audit.Figures.DistinctBy(f => (f.Indicator, f.Labels)).Count());
        var rate = audit.Figures.Single(f => f is { Indicator: "local_linkage_ratio", Labels: "" });
        Assert.NotNull(rate.Live!.Value);
        Assert.Equal(rate.Live, rate.Recomputed);
        Assert.Empty((await store.AuditListedAsync(AuditScope.Of("regions/3205"))).Figures);
    }

    [Theory]
    [InlineData("regions/CN", "births", "", "enterprise_birth_rate")]
    [InlineData("regions/CN", "deaths", "", "enterprise_death_rate")]
    [InlineData("regions/3303", "output_matched_now", "private|CNY", "private_growth_gap")]
    [InlineData("regions/3205", "link_survived", "", "link_survival_ratio")]
    [InlineData("regions/CN", "employment_square", "low", "ellison_glaeser_gamma")]
    [InlineData("regions/3205", "network_buyer", "", "network_mean_suppliers")]
    [InlineData("regions/3205", "network_pair", "org-10~org-4", "network_reciprocity")]
    [InlineData("regions/3205", "fdi_investor", "HK holding 1|USD", "fdi_investor_hhi")]
    public async Task ACellShowsInItsIndicatorAlone(string place, string measure, string dimension, string indicator)
    {
        await using var store = await SqliteWorld.CreateAsync(reference);
        await FillAsync(store, new(1), 0);
        await store.CycleAsync();
        Assert.Equal(1, store.Tamper(
            $"""
            UPDATE cell SET amount = amount + 1
            WHERE (place, measure, industry, dimension, period) = (
                SELECT place, measure, industry, dimension, max(period) FROM cell
                WHERE place = '{place}' AND measure = '{measure}' AND dimension = '{dimension}' AND period <= '2005-06')
            """));

        var audit = await store.AuditAsync();

        var figure = Assert.Single(audit.FigureSamples);
        Assert.Equal((place, indicator), (figure.Place, figure.Indicator));
        Assert.NotEqual(figure.Live!.Value, figure.Recomputed!.Value);
    }

    /// <summary>A cluster that is lost in one prefecture is missed there and in all that counts it.</summary>
    [Fact]
    public async Task ALostClusterShowsWhereverItCounts()
    {
        await using var store = await SqliteWorld.CreateAsync(reference);
        await FillAsync(store, new(1), 0);
        await store.CycleAsync();
        Assert.NotEqual(0, store.Tamper("DELETE FROM cell WHERE place = 'regions/3205' AND measure = 'employment' AND industry = '39' AND period >= '2004-01'"));

        var samples = (await store.AuditListedAsync(new(null, ["regions/3205", "regions/32", "regions/CN"]))).Figures;

        Assert.Contains(samples, s => s is { Place: "regions/3205", Indicator: "cluster_stars", Live: null or { Value: 0 }, Recomputed.Value: > 1 });
        foreach (var place in (string[])["regions/3205", "regions/CN"])
            Assert.Contains(samples, s => s.Indicator == "clusters" && s.Place == place && s.Live!.Value < s.Recomputed!.Value);
        foreach (var place in (string[])["regions/32", "regions/CN"])
            Assert.Contains(samples, s => s.Indicator == "clustered_share" && s.Place == place && s.Live!.Value < s.Recomputed!.Value);
    }

    [Theory]
    [InlineData("linked_by_industry", "3911", "", "local_linkage_ratio", "industry=39 industry=fine industry=mixed")]
    [InlineData("employment_by_class", "3911", "hmt+", "employment_persons", "industry=fine industry=mixed")]
    [InlineData("purchases_by_industry", "1819", "other|CNY", "local_sourcing_ratio", "industry=mixed")]
    public async Task ACellByIndustryShowsInTheClustersThatHaveIt(string measure, string industry, string dimension, string indicator, string labels)
    {
        await using var store = await SqliteWorld.CreateAsync(reference);
        await FillAsync(store, new(1), 0);
        await store.CycleAsync();
        Assert.Equal(1, store.Tamper(
            $"""
            UPDATE cell SET amount = amount + 1000
            WHERE (place, measure, industry, dimension, period) = (
                SELECT place, measure, industry, dimension, max(period) FROM cell
                WHERE place = 'regions/3205' AND measure = '{measure}' AND industry = '{industry}' AND dimension = '{dimension}' AND period <= '2005-06')
            """));

        var audit = await store.AuditAsync();

        Assert.NotEqual(0, audit.Differences);
        Assert.All(audit.FigureSamples, f => Assert.Equal("regions/3205", f.Place));
        Assert.Equal(labels.Split(' '), audit.FigureSamples.Where(f => f.Indicator == indicator).Select(f => f.Labels).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task SharesAmongRivalsAreAuditedUntilTheSetIsDeleted()
    {
        await using var store = await SqliteWorld.CreateAsync(reference);
        await FillAsync(store, new(1), 0);
        await store.CycleAsync();
        var alone = (await store.AuditAsync()).Figures;
        var set = Rivals("it", ["3205", "3303"], ["TW"], ["39"]);
        await store.CommitAsync(set);
        var audit = await store.AuditAsync();
        // Two regions, two indicators: all, one source, one industry, and both.
        Assert.Equal((0, alone + 16), (audit.FigureDifferences, audit.Figures));

        Assert.NotEqual(0, store.Tamper(
            "UPDATE cell SET amount = amount + 50000 WHERE place = 'regions/3205' AND measure = 'fdi_by_industry' AND period = '2005-05'"));
        var tampered = await store.AuditAsync();
        Assert.NotEqual(0, tampered.FigureDifferences);
        // Clusters of the industry show it too.
        Assert.Contains(tampered.FigureSamples, s => s.Labels.StartsWith("among=rivals,industry=39", StringComparison.Ordinal));
        Assert.All(tampered.FigureSamples, s => Assert.Contains("industry=", s.Labels, StringComparison.Ordinal));

        await store.CommitAsync(set with { ExpectedVersion = 1, Deleted = true });
        Assert.Equal(alone, (await store.AuditAsync()).Figures);
    }

    [Fact]
    public async Task FiguresStayWhereAWithdrawnMonthWasTheLast()
    {
        await using var store = await SqliteWorld.CreateAsync(reference);
        await FillAsync(store, new(1), 0);
        var before = await store.AuditAsync();
        var draft = new EnterpriseDraft(await LoadAsync(store, "org-1"), store.Geography);
        draft.Write(Output("org-1", First + Months, 5));
        await store.CommitAsync(draft.ToChange());
        draft = new(await LoadAsync(store, "org-1"), store.Geography);
        var key = new ReportKey(Feed.Output, First + Months);
        draft.Write(new(key, draft.State.Reports[key] with { Withdrawn = true }) { Withdrawal = new("3205", "mistaken") });
        await store.CommitAsync(draft.ToChange());

        var after = await store.AuditAsync();

        Assert.Equal(0, after.FigureDifferences);
        Assert.Equal(before.Figures, after.Figures);
    }

    /// <summary>The county's own newest month is far before the newest that either of its feeds has, and the nation's is farther still.</summary>
    [Fact]
    public async Task BothLookForTheMonthThatAPlaceSharesWithItsNationFromTheSameMonthOn()
    {
        await using var store = await SqliteWorld.CreateAsync(reference);
        await WriteAsync(Towns[0], "org-1", 1_000, output: [.. Enumerable.Range(0, 8), 19], employment: [.. Enumerable.Range(0, 8), 18]);
        await WriteAsync(Towns[2], "org-2", 9_000, output: [.. Enumerable.Range(0, 5)], employment: [.. Enumerable.Range(0, 5)]);

        var audit = await store.AuditAsync();

        Assert.True(audit.FigureDifferences == 0, string.Join('\n', audit.FigureSamples.Take(5)));
        Assert.True(audit.Figures > 100, $"{audit.Figures} figures");

        async Task WriteAsync(string town, string id, long amount, int[] output, int[] employment)
        {
            var draft = new EnterpriseDraft(EnterpriseState.Unknown(id), store.Geography);
            draft.Register(new() { ValidFrom = First, Region = town, Industry = Industries[0], Ownership = Ownership.Private });
            foreach (var month in output)
                draft.Write(Output(id, First + month, amount));
            foreach (var month in employment)
                draft.Write(Write(Feed.Employment, First + month, new ReportLine { Currency = "", Amount = amount }));
            await store.CommitAsync(draft.ToChange());
        }
    }

    private async Task FillAsync(SqliteWorld store, Random random, int missing)
    {
        await store.CreateEstateAsync("kunshan", Towns[0], First);
        for (var m = First; m <= First + Months; m += 1)
        {
            await store.CommitAsync(
                new ExchangeRateSet("USD", "CNY", m, 8.2765 - (0.001 * (m - First))), new ExchangeRateSet("JPY", "CNY", m, 0.071));
            // Euros can be converted into yuan in most months, into dollars in none.
            if (random.Next(40) != 0)
                await store.CommitAsync(new ExchangeRateSet("CNY", "EUR", m, 0.1));
        }
        for (var i = 0; i < Count; i++)
        {
            var draft = new EnterpriseDraft(EnterpriseState.Unknown($"org-{i}"), store.Geography);
            var ownership = VocabularyWords.Ownerships[i % VocabularyWords.Ownerships.Count];
            draft.Register(new()
            {
                ValidFrom = i == Born ? First + 20 : First,
                Region = Towns[i % Towns.Length],
                Estate = i % Towns.Length == 0 && i % 2 == 0 ? "kunshan" : null,
                Industry = Industries[i % Industries.Length],
                Ownership = ownership,
                HiTech = i % 4 == 0,
            });
            if (i == Died)
                draft.Register(draft.State.Profiles[0] with { ValidFrom = First + 22, Closed = true });
            for (var m = draft.State.Profiles[0].ValidFrom; m < (i == Died ? First + 22 : First + Months); m += 1)
            {
                foreach (var write in Reports($"org-{i}", m, Towns[i % Towns.Length], ownership is Ownership.Hmt or Ownership.Foreign, random))
                {
                    if (random.Next(100) >= missing)
                        draft.Write(write);
                }
            }
            await store.CommitAsync(draft.ToChange());
        }
        // Definitions of four digits and of mixed ones, one that is taken back, a watched division and a watched class.
        await store.CommitAsync(
            Defined("mixed", 1, ["17"], []), Defined("fine", 1, ["3911", "1751"], ["3205", "CN", Towns[0]]), Defined("gone", 1, ["39"], ["3205"]),
            new ClusterWatchSet(new("3205", "39"), true, "me", "test"), new ClusterWatchSet(new("3303", "3962"), true, "me", "test"),
            new ClusterWatchSet(new("3205", "18"), true, "me", "test"), new ClusterWatchSet(new(Towns[0], ""), true, "me", "test"));
        await store.CommitAsync(
            Defined("mixed", 2, ["18", "3911", "396"], ["3205", "32"]), new ClusterDefinitionSet(Defined("gone", 2, ["39"], []).Definition, true, "me"),
            new ClusterWatchSet(new("3205", "18"), false, "me", "test"), new ClusterWatchSet(new("3303", "mixed"), true, "me", "test"));
        foreach (var feed in Closed)
            await store.CommitAsync(new PeriodClosed(feed, First + Months - 1 - (feed == Feed.Fdi ? 1 : 0), "test"));
    }

    private static ClusterDefinitionSet Defined(string id, long version, string[] industries, string[] regions) =>
        new(new() { Id = id, Industries = [.. industries], Regions = [.. regions], Version = version }, Deleted: false, "me");

    private static IEnumerable<ReportWrite> Reports(string id, Month month, string town, bool foreign, Random random)
    {
        yield return Output(id, month, random.Next(1_000, 9_000));
        yield return Write(Feed.Export, month, new ReportLine { Currency = foreign && random.Next(3) == 0 ? "JPY" : "CNY", Amount = random.Next(900) });
        yield return Write(Feed.Employment, month, new ReportLine { Currency = "", Amount = random.Next(300, 700) });
        if (!foreign)
            yield break;
        yield return Write(Feed.Fdi, month, Investment(random), Investment(random));
        yield return Write(Feed.Linkage, month, Purchase(town, "3205", random), Purchase(town, "4403", random));
    }

    private static RivalSetStored Rivals(string id, string[] regions, string[] sources, string[] industries) =>
        new(new() { Id = id, Regions = [.. regions], Sources = [.. sources], Industries = [.. industries] }, 0, Deleted: false, "me", "because");

    private static ReportWrite Output(string id, Month month, long amount) =>
        Write(Feed.Output, month, new ReportLine { Currency = id == "org-3" ? "EUR" : "CNY", Amount = amount });

    private static ReportLine Investment(Random random)
    {
        var source = random.GetItems<string>(["HK", "TW", "US", "JP"], 1)[0];
        return new()
        {
            Currency = random.Next(4) == 0 ? "CNY" : "USD",
            Amount = random.Next(-300, 900),
            Fdi = new()
            {
                Source = source,
                UltimateSource = random.Next(4) == 0 ? "VG" : source,
                Investor = random.Next(9) is var i and > 0 ? $"{source} holding {i % 3}" : null,
            },
        };
    }

    private static ReportLine Purchase(string town, string locality, Random random) => new()
    {
        Currency = "CNY",
        Amount = random.Next(100),
        Supplier = new()
        {
            Kind = SupplierKind.Enterprise,
            Id = $"org-{4 + random.Next(8)}",
            Judgement = new() { ProfileVersion = 1, Region = town, Locality = locality, Domestic = random.Next(3) > 0 },
        },
    };

    private static ReportWrite Write(Feed feed, Month period, params ReportLine[] lines) => new(new(feed, period), new()
    {
        Revision = 1,
        Content = new() { Basis = Basis.Month, Lines = [.. lines] },
        Origin = new("3205", "s", 1),
        ContentHash = 1,
    });

    private static async Task<EnterpriseState> LoadAsync(SqliteWorld store, string id) =>
        (await store.Store.LoadEnterprisesAsync([id], TestContext.Current.CancellationToken))[id];
}
