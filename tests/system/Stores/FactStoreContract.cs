using ClusterPulse.Aggregation;
using ClusterPulse.Enterprises;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.SystemTests.Support;
using ClusterPulse.UnitTests.Aggregation;
using Xunit;

namespace ClusterPulse.SystemTests.Stores;

/// <summary>What every store must do, whatever it is made of.</summary>
public abstract partial class FactStoreContract : IAsyncLifetime
{
    protected const string Silo = "127.0.0.1:11111@1";

    private protected static readonly TwoLocalities Geography = new();
    private static readonly Month January = new(2004, 1);

    private protected IFactStore Store { get; private set; } = null!;

    private protected IFactWriter Writer { get; private set; } = null!;

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Store = await OpenAsync();
        Writer = await Store.OpenWriterAsync(Silo, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>An empty store with its schema.</summary>
    private protected abstract Task<IFactStore> OpenAsync();

    private protected abstract Task CloseAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task What_was_committed_is_what_is_loaded_and_what_the_places_hold(int seed)
    {
        var world = new RandomWorld(seed, Geography, TwoLocalities.Counties, TwoLocalities.Estates);
        for (var step = 0; step < 120; step++)
            await CommitAsync([.. world.Step().Select(d => d.ToChange())]);

        var loaded = await Store.LoadEnterprisesAsync([.. world.States.Keys, "org-none"], Cancellation);

        foreach (var expected in world.States.Values.Where(s => s.Version > 0))
            AssertSame(expected, loaded[expected.Id]);
        Assert.DoesNotContain("org-none", loaded.Keys);
        var all = new Dictionary<string, EnterpriseState>();
        var positions = await Store.ReadAllAsync(
            state =>
            {
                all.Add(state.Id, state);
                return ValueTask.CompletedTask;
            },
            Cancellation);
        foreach (var expected in world.States.Values.Where(s => s.Version > 0))
            AssertSame(expected, all[expected.Id]);
        Assert.Equal(120, positions[Writer.Id]);
        var census = await Store.TakeCensusAsync(Cancellation);
        var nation = new Aggregator("regions/CN", Store);
        await nation.LoadAsync(Cancellation);
        var members = census.Places.Where(p => Places.IsRegion(p.Key)).Aggregate(default(MemberSums), (sum, p) => sum + p.Value);
        Assert.Equal(members, MemberSums.In(nation.Cells));
        Assert.Equal(world.States.Values.Count(s => !s.Profiles.IsEmpty), members.Members);
    }

    [Fact]
    public async Task A_change_whose_version_does_not_hold_writes_nothing_and_fails_no_other()
    {
        var (first, second) = (Registered("org-1"), Registered("org-2"));
        await CommitAsync(first.ToChange());

        var result = await Writer.CommitAsync(
            [Registered("org-1").ToChange(), second.ToChange()], Sum([Registered("org-1").ToChange(), second.ToChange()]), Cancellation);

        Assert.Equal([false, true], result.Applied);
        Assert.Equal(2, result.Sequence);
        var loaded = await Store.LoadEnterprisesAsync(["org-1", "org-2"], Cancellation);
        Assert.Equal((1, 1), (loaded["org-1"].Version, loaded["org-2"].Version));
    }

    [Fact]
    public async Task A_line_judged_by_an_older_profile_of_its_supplier_is_not_stored()
    {
        await CommitAsync(Registered("org-1").ToChange(), Registered("org-2").ToChange());
        var state = (await Store.LoadEnterprisesAsync(["org-1"], Cancellation))["org-1"];

        foreach (var (judged, holds) in ((long, bool)[])[(0, false), (2, false), (1, true)])
        {
            var change = Buying(state, "org-2", judged).ToChange();
            var result = await Writer.CommitAsync([change], Sum([change]), Cancellation);
            Assert.Equal([holds], result.Applied);
        }
    }

    [Fact]
    public async Task Enterprises_whose_reports_name_an_investor_are_found_until_these_are_withdrawn()
    {
        var key = new ReportKey(Feed.Fdi, January);
        foreach (var (id, investors) in ((string, string?[])[])[("org-2", ["Acer", "Acer"]), ("org-1", ["Benq", "Acer"]), ("org-3", ["acer", null])])
        {
            var draft = Registered(id);
            draft.Write(Invested(key, investors));
            await CommitAsync(draft.ToChange());
        }
        Assert.Equal(["org-1", "org-2"], await Store.FindInvestedAsync("Acer", Cancellation));

        var withdrawn = new EnterpriseDraft((await Store.LoadEnterprisesAsync(["org-1"], Cancellation))["org-1"], Geography);
        withdrawn.Write(new(key, withdrawn.State.Reports[key] with { Withdrawn = true }) { Withdrawal = new("3205", "mistaken") });
        await CommitAsync(withdrawn.ToChange());

        Assert.Equal(["org-2"], await Store.FindInvestedAsync("Acer", Cancellation));
        Assert.Empty(await Store.FindInvestedAsync("Benq", Cancellation));

        static ReportWrite Invested(ReportKey key, string?[] investors)
        {
            var content = new ReportContent
            {
                Basis = Basis.Month,
                Lines = [.. investors.Select((investor, i) => new ReportLine
                {
                    Currency = "USD",
                    Amount = 100 + i,
                    Fdi = new() { Source = i == 0 ? "TW" : "HK", UltimateSource = "TW", Investor = investor },
                })],
            };
            return new(key, new() { Revision = 1, Content = content, Origin = new("3205", "s", 1), ContentHash = ContentHash.Of(content) });
        }
    }

    [Fact]
    public async Task Buyers_of_a_supplier_that_is_registered_later_are_found()
    {
        await CommitAsync(Registered("org-1").ToChange());
        var state = (await Store.LoadEnterprisesAsync(["org-1"], Cancellation))["org-1"];
        await CommitAsync(Buying(state, "org-9", 0).ToChange());
        Assert.Empty(await Store.FindStaleSuppliersAsync(10, Cancellation));

        await CommitAsync(Registered("org-9").ToChange());

        Assert.Equal([new SupplierVersion("org-9", 1)], await Store.FindStaleSuppliersAsync(10, Cancellation));
        Assert.Equal(["org-1"], await Store.FindBuyersToRejudgeAsync("org-9", 1, Cancellation));
        Assert.Empty(await Store.FindBuyersToRejudgeAsync("org-9", 0, Cancellation));
        Assert.Equal(1, (await Store.LoadProfilesAsync(["org-9"], Cancellation))["org-9"].ProfileVersion);
    }

    [Fact]
    public async Task Members_are_found_by_the_months_in_which_they_were_there()
    {
        var mover = Registered("org-1");
        mover.Register(Profile() with { ValidFrom = January + 6, Region = "0202", Estate = "west" });
        mover.Register(Profile() with { ValidFrom = January + 12, Region = "0202", Closed = true });
        await CommitAsync(mover.ToChange(), Registered("org-2").ToChange());

        Assert.Equal(["org-1", "org-2"], await FindAsync(January, January + 20, "0101"));
        Assert.Equal(["org-1", "org-2"], await FindAsync(January + 5, January + 20, "0101", "0202"));
        Assert.Equal(["org-2"], await FindAsync(January + 6, January + 20, "0101"));
        Assert.Empty(await FindAsync(January - 9, January - 1, "0101"));
        Assert.Empty(await FindAsync(January, January + 5, "0202"));
        Assert.Equal(["org-1"], await FindAsync(January, January + 6, "0202"));
        Assert.Empty(await FindAsync(January + 12, January + 20, "0202"));
        Assert.Equal(["org-1"], await Store.FindMembersAsync(new([], "west"), January + 11, January + 20, 10, Cancellation));
        Assert.Empty(await Store.FindMembersAsync(new([], "west"), January, January + 5, 10, Cancellation));
        Assert.Equal(["org-1"], await Store.FindMembersAsync(new(["0101"], null), January, January, 1, Cancellation));

        async Task<IReadOnlyList<string>> FindAsync(Month since, Month until, params string[] regions) =>
            await Store.FindMembersAsync(new(regions, null), since, until, 10, Cancellation);
    }

    [Fact]
    public async Task A_fenced_writer_may_not_commit_and_is_listed_until_it_is_buried()
    {
        await CommitAsync(Registered("org-1").ToChange());
        var listed = Assert.Single(await Store.ListWritersAsync(Cancellation));
        Assert.Equal((Writer.Id, Silo, false), (listed.Id, listed.Silo, listed.Fenced));
        Assert.True(listed.Age < TimeSpan.FromMinutes(1));

        Assert.Equal(1, await Store.FenceWriterAsync(Writer.Id, Cancellation));

        var change = Registered("org-2").ToChange();
        await Assert.ThrowsAsync<WriterFencedException>(async () => await Writer.CommitAsync([change], Sum([change]), Cancellation));
        Assert.True(Assert.Single(await Store.ListWritersAsync(Cancellation)).Fenced);
        await Store.BuryWriterAsync(Writer.Id, Cancellation);
        Assert.Empty(await Store.ListWritersAsync(Cancellation));
        Assert.Equal(1, await Writer.ReadSequenceAsync(Cancellation));
    }

    [Fact]
    public async Task A_submission_moves_by_receipts_in_order_each_once()
    {
        await CommitAsync(new SubmissionCreated("3205", "s", "hash"));
        Assert.Equal([false], await TryAsync(new SubmissionCreated("3205", "s", null)));
        var receipt = new BatchReceipt { Offset = 0, Count = 3, Accepted = 2, Rejected = 1, CommitToken = "1:1", Rows = [new(2, RowOutcome.Rejected, [new("f", "v", "R")], [])] };

        Assert.Equal([true], await TryAsync(new ReceiptChange("3205", "s", receipt)));
        Assert.Equal([false], await TryAsync(new ReceiptChange("3205", "s", receipt)));
        Assert.Equal([false], await TryAsync(new ReceiptChange("3205", "s", receipt with { Offset = 3, Count = 0 })));

        var stored = await Store.FindReceiptAsync("3205", "s", 0, Cancellation);
        Assert.Equal((3, 2, 1, "1:1"), (stored!.Count, stored.Accepted, stored.Rejected, stored.CommitToken));
        Assert.Equal("R", Assert.Single(Assert.Single(stored.Rows).Violations).Reason);
        var submission = (await Store.FindSubmissionAsync("3205", "s", Cancellation))!;
        Assert.Equal((3, 2, 1, "hash"), (submission.NextOffset, submission.Accepted, submission.Rejected, submission.Sha256));
        Assert.Equal(0, submission.LastReceipt!.Offset);
        Assert.Equal([false], await TryAsync(new SubmissionFinalized("3205", "s", 2)));
        Assert.Equal([true], await TryAsync(new SubmissionFinalized("3205", "s", 3)));
        Assert.Equal([false], await TryAsync(new ReceiptChange("3205", "s", receipt with { Offset = 3 })));
        Assert.Null(await Store.FindSubmissionAsync("3205", "other", Cancellation));
    }

    [Fact]
    public async Task A_checkpoint_is_compared_and_set_and_the_log_goes_with_the_floor()
    {
        await CommitAsync(Registered("org-1").ToChange());
        await CommitAsync(Registered("org-2").ToChange());
        var positions = await Store.ReadPositionsAsync(Cancellation);
        Assert.Equal(["regions/01", "regions/0101", "regions/CN"], await Store.FindTouchedAsync(positions, Cancellation));
        var (one, other) = (new Aggregator("regions/01", Store), new Aggregator("regions/01", Store));
        await one.LoadAsync(Cancellation);
        await other.LoadAsync(Cancellation);

        Assert.True(await one.CheckpointThroughAsync(positions, _ => [], Cancellation));
        Assert.False(await other.CheckpointThroughAsync(positions, _ => [], Cancellation));

        var missing = await Store.ReadMissingAsync("regions/01", Writer.Id, 1, 2, Cancellation);
        Assert.Equal((0, 2), (missing.Floor, Assert.Single(missing.Entries).Sequence));
        await Store.MoveFloorAsync(positions, Cancellation);
        missing = await Store.ReadMissingAsync("regions/01", Writer.Id, 1, 2, Cancellation);
        Assert.Equal(2, missing.Floor);
        Assert.Empty(missing.Entries);
        Assert.Empty(await Store.FindTouchedAsync(positions, Cancellation));
        var image = await Store.LoadAsync("regions/01", Cancellation);
        Assert.Equal(1, image.Version);
        Assert.Empty(image.Log);
        Assert.Equal(2, image.Floor[Writer.Id]);
        Assert.Equal(2, image.Cells.Single(c => c.Key == Dimensions.MembersCell).Value);
        Assert.Equal(["regions/01"], await Store.LoadPlacesAsync(Cancellation));
    }

    [Fact]
    public async Task A_cell_that_comes_to_zero_is_not_kept()
    {
        await CommitAsync(Registered("org-1").ToChange());
        var place = new Aggregator("regions/0101", Store);
        await place.LoadAsync(Cancellation);
        Assert.True(await place.CheckpointThroughAsync(await Store.ReadPositionsAsync(Cancellation), _ => [], Cancellation));
        var draft = new EnterpriseDraft((await Store.LoadEnterprisesAsync(["org-1"], Cancellation))["org-1"], Geography);
        draft.Register(Profile() with { Region = "0202" });
        await CommitAsync(draft.ToChange());

        Assert.True(await place.CheckpointThroughAsync(await Store.ReadPositionsAsync(Cancellation), _ => [], Cancellation));

        Assert.Empty((await Store.LoadAsync("regions/0101", Cancellation)).Cells);
    }

    [Fact]
    public async Task Rebuilt_cells_replace_stored_ones_unless_the_floor_has_moved_on()
    {
        await CommitAsync(Registered("org-1").ToChange());
        var old = await Store.ReadPositionsAsync(Cancellation);
        var cells = new CellTable();
        cells.Add(new(Measure.Output, "private|CNY", January), 7);

        Assert.True(await Store.TryReplaceCheckpointsAsync(new Dictionary<string, CellTable> { ["regions/01"] = cells }, old, Cancellation));

        var image = await Store.LoadAsync("regions/01", Cancellation);
        Assert.Equal(7, Assert.Single(image.Cells).Value);
        Assert.Empty(image.Log);
        await CommitAsync(Registered("org-2").ToChange());
        await Store.MoveFloorAsync(await Store.ReadPositionsAsync(Cancellation), Cancellation);
        Assert.False(await Store.TryReplaceCheckpointsAsync(new Dictionary<string, CellTable> { ["regions/01"] = cells }, old, Cancellation));
    }

    [Fact]
    public async Task The_history_of_figures_tells_what_was_known_when()
    {
        await CommitAsync(Registered("org-1").ToChange());
        var place = new Aggregator("regions/01", Store);
        await place.LoadAsync(Cancellation);
        var early = new Vintage("output_cny", "", January, 1, Unavailable.None, FigureStatus.Provisional, 0.5);
        var positions = await Store.ReadPositionsAsync(Cancellation);
        Assert.True(await place.CheckpointThroughAsync(positions, _ => [early, early with { Indicator = "x", Value = null, Reason = Unavailable.Incomplete }], Cancellation));
        await Task.Delay(50, Cancellation);
        var between = (await Store.QueryVintagesAsync(new() { Places = ["regions/01"] }, Cancellation)).Max(v => v.KnownFrom);
        await Task.Delay(50, Cancellation);
        Assert.True(await place.CheckpointThroughAsync(positions, _ => [early with { Value = 2, Status = FigureStatus.Final }], Cancellation));

        var now = await Store.QueryVintagesAsync(new() { Places = ["regions/01"], Indicators = ["output_cny"], Start = January, End = January }, Cancellation);
        var then = await Store.QueryVintagesAsync(new() { Places = ["regions/01"], Indicators = ["output_cny"], AsOf = between }, Cancellation);
        var later = await Store.QueryVintagesAsync(new() { Places = ["regions/01"], UpdatedAfter = between }, Cancellation);

        Assert.Equal(2, Assert.Single(now).Vintage.Value);
        Assert.Equal(1, Assert.Single(then).Vintage.Value);
        Assert.Equal(2, Assert.Single(later).Vintage.Value);
        var newest = await Store.LoadNewestVintagesAsync("regions/01", Cancellation);
        Assert.Equal([2, null], newest.OrderBy(v => v.Indicator, StringComparer.Ordinal).Select(v => v.Value));
        var page = await Store.QueryVintagesAsync(new() { Places = ["regions/01"], Limit = 1 }, Cancellation);
        Assert.NotEqual(page[0].Position, Assert.Single(await Store.QueryVintagesAsync(new() { Places = ["regions/01"], Limit = 1, After = page[0].Position }, Cancellation)).Position);
    }

    private protected static EnterpriseDraft Registered(string id)
    {
        var draft = new EnterpriseDraft(EnterpriseState.Unknown(id), Geography);
        draft.Register(Profile());
        return draft;
    }

    private protected static Profile Profile() => new() { ValidFrom = January, Region = "0101", Industry = "391", Ownership = Ownership.Foreign };

    private protected static EnterpriseDraft Buying(EnterpriseState buyer, string supplier, long judged)
    {
        var draft = new EnterpriseDraft(buyer, Geography);
        var content = Rows.Purchases(0, buyer.Id, "2004-01", (supplier, 5)).Content;
        content = content with { Lines = [content.Lines[0] with { Supplier = content.Lines[0].Supplier! with { Judgement = new() { ProfileVersion = judged } } }] };
        draft.Judged(supplier, judged);
        draft.Write(new(new(Feed.Linkage, January), new() { Revision = 1, Content = content, Origin = new("3205", "s", 0), ContentHash = 1 }));
        return draft;
    }

    private protected async Task CommitAsync(params IReadOnlyList<Change> changes) => Assert.DoesNotContain(false, await TryAsync([.. changes]));

    private async Task<IReadOnlyList<bool>> TryAsync(params Change[] changes) => (await Writer.CommitAsync(changes, Sum(changes), Cancellation)).Applied;

    private protected static Func<IReadOnlyList<bool>, IReadOnlyDictionary<string, CellSums>> Sum(IReadOnlyList<Change> changes) =>
        applied => DeltaSummer.Sum(changes, applied, Geography);

    private static void AssertSame(EnterpriseState expected, EnterpriseState actual)
    {
        Assert.Equal((expected.Version, expected.ProfileVersion), (actual.Version, actual.ProfileVersion));
        Assert.Equal(expected.Profiles, actual.Profiles);
        Assert.Equal(expected.Reports.Count, actual.Reports.Count);
        foreach (var (key, report) in expected.Reports)
        {
            var stored = actual.Reports.Find(key.Feed, key.Period)!;
            Assert.Equal(report.Content.Lines, stored.Content.Lines);
            Assert.Equal(report with { Content = report.Content with { Lines = [] } }, stored with { Content = stored.Content with { Lines = [] } });
        }
    }
}
