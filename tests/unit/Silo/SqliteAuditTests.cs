using ClusterPulse.Aggregation;
using ClusterPulse.Enterprises;
using ClusterPulse.Facts;
using ClusterPulse.UnitTests.Aggregation;
using ClusterPulse.UnitTests.Reference;
using Xunit;

namespace ClusterPulse.UnitTests.Silo;

public sealed class SqliteAuditTests(LoadedReference reference)
{
    private static readonly Month January = new(2004, 1);
    private static readonly string[] EstateIds = ["kunshan", "lucheng"];

    /// <summary>Towns of Suzhou and Wenzhou, a county, both halves of Chongqing, which are one locality, and counties that a
    /// province governs directly, which are one each.</summary>
    private string[] Regions => field ??=
    [
        .. reference.Region("3205").Children.Take(2).SelectMany(c => c.Children.Take(2)).Select(t => t.Code),
        .. reference.Region("3303").Children.Take(2).SelectMany(c => c.Children.Take(1)).Select(t => t.Code),
        reference.Region("3303").Children[0].Code,
        reference.Region("5001").Children[0].Code,
        reference.Region("5002").Children[0].Code,
        reference.Region("4290").Children[0].Code,
        reference.Region("4290").Children[1].Code,
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task FactsAndCellsAgreeWhateverHappened(int seed)
    {
        await using var store = await SqliteWorld.CreateAsync(reference);
        await store.CreateEstateAsync(EstateIds[0], Regions[0], January);
        await store.CreateEstateAsync(EstateIds[1], Regions[6], January + 3);
        var world = new RandomWorld(seed, store.Geography, Regions, EstateIds);
        var random = new Random(seed);
        // An estate counts in its region, whoever is there.
        var written = new[] { Regions[0], Regions[6] }.SelectMany(r => store.Geography.Path(Places.Region(r))).ToHashSet();
        for (var step = 1; step <= 150; step++)
        {
            var changes = world.Step().Select(d => d.ToChange()).ToList();
            written.UnionWith(changes.SelectMany(c => c.Deltas).SelectMany(d => store.Geography.Path(d.Place)));
            await store.CommitAsync(changes);
            if (random.Next(5) == 0)
                await store.CheckpointAsync(random.GetItems([.. written.Order(StringComparer.Ordinal)], 1)[0]);
            if (random.Next(40) == 0)
                await store.CycleAsync();
            if (random.Next(60) == 0)
                await store.RestartAsync();
            if (step % 50 == 0)
                AssertClean(await store.AuditAsync(), $"seed {seed}, step {step}");
        }
        var cells = 0L;
        foreach (var place in written)
        {
            var one = await store.AuditAsync(place);
            AssertClean(one, $"seed {seed}, {place}");
            Assert.Equal(1, one.Places);
            cells += one.Cells;
        }
        var all = await store.AuditAsync();
        Assert.NotEqual(0, cells);
        Assert.Equal(cells, all.Cells);
    }

    [Fact]
    public async Task AFlowCellThatWasChangedIsTheOneDifference()
    {
        await using var store = await OneEnterpriseAsync();
        await store.CycleAsync();
        Assert.Equal(1, store.Tamper(
            "UPDATE cell SET amount = amount + 5 WHERE place = 'regions/3205' AND measure = 'output' AND industry = '39' AND period = '2004-02'"));

        var audit = await store.AuditAsync();

        Assert.Equal(1, audit.Differences);
        Assert.Equal(
            [new("regions/3205", "output", "39", "foreign|CNY", January + 1, Live: 205, Recomputed: 200)], audit.Samples);
        Assert.Equal(1, (await store.AuditAsync("regions/3205")).Differences);
        AssertClean(await store.AuditAsync("regions/32"), "another place");
    }

    [Fact]
    public async Task AStockThatBeganLateDiffersInTheMonthsBetween()
    {
        await using var store = await OneEnterpriseAsync();
        await store.CycleAsync();
        Assert.Equal(1, store.Tamper(
            "UPDATE cell SET period = '2004-03' WHERE place = 'regions/CN' AND measure = 'active' AND industry = '' AND period = '2004-01'"));
        // The second enterprise shows that the measure goes on after it.
        await store.CommitAsync(Registered("org-2", store, January + 6).ToChange());

        var audit = await store.AuditAsync();

        Assert.Equal(2, audit.Differences);
        Assert.Equal(
            [
                new("regions/CN", "active", "", "foreign", January, 0, 1),
                new("regions/CN", "active", "", "foreign", January + 1, 0, 1),
            ],
            audit.Samples);
    }

    [Fact]
    public async Task ACellOfZeroIsNoDifference()
    {
        await using var store = await OneEnterpriseAsync();
        await store.CycleAsync();
        store.Tamper(
            """
            INSERT INTO cell (place, measure, industry, dimension, period, amount) VALUES
                ('regions/CN', 'active', '', 'foreign', '2004-05', 0)
            """);

        AssertClean(await store.AuditAsync(), "a cell of 0");
    }

    [Fact]
    public async Task AFactThatWasChangedDiffersWhereverItCounts()
    {
        await using var store = await OneEnterpriseAsync();
        Assert.Equal(1, store.Tamper("UPDATE output_line SET amount = amount + 7 WHERE period = '2004-02'"));

        var audit = await store.AuditAsync();

        // Town, county, prefecture, province, nation and the estate; in each: output in all, in the division and in the class; growth now and,
        // in March, then; coverage of March, April and May as expected, and of March as reported. Up to the prefecture and in the
        // estate, output of the enterprise too.
        Assert.Equal((6 * (3 + 2 + 3 + 1)) + 4, audit.Differences);
        Assert.Equal(20, audit.Samples.Count);
        Assert.All(audit.Samples, s => Assert.Equal(7, s.Recomputed - s.Live));
    }

    [Fact]
    public async Task AReportThatIsGoneDiffersThoughTheLogHoldsIt()
    {
        await using var store = await OneEnterpriseAsync();
        Assert.Equal(1, store.Tamper("UPDATE report SET withdrawn = 1 WHERE feed = 'linkage'"));

        var audit = await store.AuditAsync("estates/kunshan");

        // Purchases in all and in the industry, reported, three priors; the link itself, in all and in the industry, and its supplier,
        // for twelve months each.
        Assert.Equal(2 + 1 + 3 + 24 + 12, audit.Differences);
        Assert.Equal(1, audit.Places);
    }

    [Fact]
    public async Task ASupplierIsWhereTheNewestPurchaseFoundIt()
    {
        await using var store = await OneEnterpriseAsync();
        var stored = (await store.Store.LoadEnterprisesAsync(["org-1"], TestContext.Current.CancellationToken))["org-1"];
        var draft = new EnterpriseDraft(stored, store.Geography);
        draft.Write(Report(Feed.Linkage, January + 4, Purchase(Regions[1])));
        draft.Write(Report(Feed.Linkage, January + 20, Purchase(Regions[2])));
        await store.CommitAsync(draft.ToChange());
        AssertClean(await store.AuditAsync(), "a supplier that moved twice");

        Assert.Equal(1, store.Tamper("UPDATE linkage_line SET supplier_region = (SELECT supplier_region FROM linkage_line "
            + "WHERE period = '2004-01') WHERE period = '2004-05'"));
        var audit = await store.AuditAsync();

        // Two towns of one county, or of two: the months May 2004 to April 2005 change places on each level that differs. In the second
        // case the buyer's own county loses a link, a buyer, a pair and the buyer's supplier of its network.
        var county = Regions[1][..6] == Regions[3][..6] ? 0 : 2 + 4;
        Assert.Equal((2 + county) * 12, audit.Differences);
        Assert.All(audit.Samples, s => Assert.Equal("linked_supplier", s.Measure));
    }

    [Fact]
    public async Task ALogEntryThatIsLostDiffersUntilItIsRebuilt()
    {
        await using var store = await OneEnterpriseAsync();
        Assert.NotEqual(0, store.Tamper("DELETE FROM commit_log WHERE place = 'regions/32'"));

        var audit = await store.AuditAsync();

        Assert.NotEqual(0, audit.Differences);
        Assert.All(audit.Samples, s => Assert.Equal("regions/32", s.Place));
        Assert.All(audit.Samples, s => Assert.Equal(0, s.Live));
    }

    [Fact]
    public async Task ProgressGoesUpToOne()
    {
        await using var store = await OneEnterpriseAsync();
        var seen = new List<double>();

        await store.AuditAsync(progress: new Recorder(seen));

        Assert.Equal(seen.Order(), seen);
        Assert.Equal(1, seen[^1]);
        Assert.True(seen.Count > 20);
    }

    [Fact]
    public async Task WritersGoOnWhileAnAuditReads()
    {
        await using var store = await OneEnterpriseAsync();
        var audited = store.AuditAsync(progress: new Interrupter(() =>
            store.CommitAsync(Registered($"org-{Guid.NewGuid():N}", store, January).ToChange()).GetAwaiter().GetResult()));

        AssertClean(await audited, "a commit between its steps");
        AssertClean(await store.AuditAsync(), "after these commits");
    }

    /// <summary>A foreign-funded enterprise in an estate that reports output for three months and buys once from a local supplier,
    /// nothing of it checkpointed.</summary>
    private async Task<SqliteWorld> OneEnterpriseAsync()
    {
        var store = await SqliteWorld.CreateAsync(reference);
        await store.CreateEstateAsync(EstateIds[0], Regions[0], January);
        var draft = Registered("org-1", store, January, EstateIds[0]);
        for (var i = 0; i < 3; i++)
            draft.Write(Report(Feed.Output, January + i, new ReportLine { Currency = "CNY", Amount = (i + 1) * 100 }));
        draft.Write(Report(Feed.Linkage, January, Purchase(Regions[3])));
        await store.CommitAsync(draft.ToChange());
        return store;
    }

    private EnterpriseDraft Registered(string id, SqliteWorld store, Month from, string? estate = null)
    {
        var draft = new EnterpriseDraft(EnterpriseState.Unknown(id), store.Geography);
        draft.Register(new()
        {
            ValidFrom = from,
            Region = Regions[0],
            Estate = estate,
            Industry = "3911",
            Ownership = Ownership.Foreign,
        });
        return draft;
    }

    private static ReportLine Purchase(string supplierRegion) => new()
    {
        Currency = "CNY",
        Amount = 30,
        Supplier = new()
        {
            Kind = SupplierKind.Enterprise,
            Id = "org-9",
            Judgement = new() { ProfileVersion = 1, Region = supplierRegion, Locality = "3205", Domestic = true },
        },
    };

    private static ReportWrite Report(Feed feed, Month period, ReportLine line) => new(new(feed, period), new()
    {
        Revision = 1,
        Content = new() { Basis = Basis.Month, Lines = [line] },
        Origin = new("3205", "s", 1),
        ContentHash = 1,
    });

    private static void AssertClean(AuditResult audit, string where)
    {
        Assert.True(audit.Differences == 0, $"{where}: {audit.Differences} differences: {string.Join("; ", audit.Samples.Take(5))}");
    }

    private sealed class Recorder(List<double> seen) : IProgress<double>
    {
        public void Report(double value) => seen.Add(value);
    }

    private sealed class Interrupter(Action between) : IProgress<double>
    {
        public void Report(double value) => between();
    }
}
