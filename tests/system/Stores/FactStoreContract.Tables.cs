using ClusterPulse.Clusters;
using ClusterPulse.Facts;
using ClusterPulse.Maintenance;
using ClusterPulse.Registry;
using Xunit;

namespace ClusterPulse.SystemTests.Stores;

/// <content>Small tables: estates, closed months, rates, policies, definitions of clusters, what is watched, rivals.</content>
public abstract partial class FactStoreContract
{
    [Fact]
    public async Task Small_tables_hold_the_newest()
    {
        var estate = new Estate { Id = "e", Region = "0101", NameZh = "园", NameEn = "Estate", ValidFrom = January, Rank = EstateRank.Province };
        await CommitAsync(new EstateChange(estate), new PeriodClosed(Feed.Fdi, January, "calendar"));
        Assert.Equal([false, false], await TryAsync(new EstateChange(estate with { NameEn = "Other" }), new PeriodClosed(Feed.Fdi, January, "me")));
        await CommitAsync(new ExchangeRateSet("USD", "CNY", January, 8.1));
        await CommitAsync(new ExchangeRateSet("USD", "CNY", January, 8.2));
        await CommitAsync(new AlertPolicySet("32", "p", 0.5, "me", "because"));
        await CommitAsync(new AlertPolicySet("32", "p", null, "me", "because"));

        Assert.Equal([estate], await Store.LoadEstatesAsync(Cancellation));
        Assert.Equal([new PeriodClosed(Feed.Fdi, January, "calendar")], (await Store.LoadClosedPeriodsAsync(Cancellation)).Select(c => c with { Deltas = [] }), new ByText());
        Assert.Equal(8.2, Assert.Single(await Store.LoadExchangeRatesAsync(Cancellation)).Rate);
        Assert.Null(Assert.Single(await Store.LoadAlertPoliciesAsync(Cancellation)).Threshold);
    }

    [Fact]
    public async Task A_cluster_definition_holds_in_its_newest_version_and_takes_none_but_the_next()
    {
        var chips = new ClusterDefinition { Id = "chips", NameZh = "芯片", NameEn = "Chips", Industries = ["3973", "3976"], Regions = ["32", "4419"], Version = 1 };
        await CommitAsync(new ClusterDefinitionSet(chips, Deleted: false, "me"));
        await CommitAsync(new ClusterDefinitionSet(chips with { Id = "ev", Regions = [] }, Deleted: false, "me"));
        Assert.Equal([false, false], await TryAsync(
            new ClusterDefinitionSet(chips with { NameEn = "Late" }, Deleted: false, "other"),
            new ClusterDefinitionSet(chips with { NameEn = "Early", Version = 3 }, Deleted: false, "other")));
        await CommitAsync(new ClusterDefinitionSet(chips with { Industries = ["397"], Version = 2 }, Deleted: false, "she"));
        await CommitAsync(new ClusterDefinitionSet(chips with { Id = "ev", Version = 2 }, Deleted: true, "she"));

        var stored = await Store.LoadClusterDefinitionsAsync(Cancellation);

        Assert.Equal(
            ["chips 2 芯片 Chips 397 32,4419 False she", "ev 2 芯片 Chips 3973,3976 32,4419 True she"],
            stored.Select(s => $"{s.Definition.Id} {s.Definition.Version} {s.Definition.NameZh} {s.Definition.NameEn} "
                + $"{string.Join(',', s.Definition.Industries)} {string.Join(',', s.Definition.Regions)} {s.Deleted} {s.DecidedBy}"));
    }

    [Fact]
    public async Task The_watch_list_has_what_was_put_there_last_and_no_entry_twice()
    {
        await CommitAsync(Watch("3205", "39", true), Watch("320583100", "", true), Watch("3205", "chips", true));
        Assert.Equal([false, false], await TryAsync(Watch("3205", "39", true), Watch("3205", "17", false)));
        await CommitAsync(Watch("3205", "chips", false));

        Assert.Equal([new("3205", "39"), new("320583100", "")], await Store.LoadClusterWatchesAsync(Cancellation));

        static ClusterWatchSet Watch(string region, string cluster, bool watched) => new(new(region, cluster), watched, "me", "because");
    }

    [Fact]
    public async Task A_rival_set_is_replaced_only_by_who_knows_what_it_was()
    {
        var set = new RivalSet { Id = "it", NameZh = "电子", NameEn = "IT", Regions = ["3205", "4419"], Sources = ["TW"], Industries = ["39", "3911"] };
        Assert.Equal([true], await TryAsync(new RivalSetStored(set, 0, Deleted: false, "me", "because")));
        Assert.Equal([false], await TryAsync(new RivalSetStored(set, 0, Deleted: false, "me", "because")));
        Assert.Equal([true], await TryAsync(new RivalSetStored(set with { Regions = ["3205", "3303"], Sources = [] }, 1, Deleted: false, "me", "because")));
        Assert.Equal([false], await TryAsync(new RivalSetStored(set, 1, Deleted: true, "me", "because")));
        await CommitAsync(new RivalSetStored(set with { Id = "a" }, 0, Deleted: false, "me", "because"));

        var sets = await Store.LoadRivalSetsAsync(Cancellation);
        Assert.Equal([("a", 1L), ("it", 2L)], sets.Select(s => (s.Id, s.Version)));
        Assert.Equal(("电子", "IT"), (sets[1].NameZh, sets[1].NameEn));
        Assert.Equal([["3205", "3303"], [], ["39", "3911"]], new[] { sets[1].Regions, sets[1].Sources, sets[1].Industries });

        Assert.Equal([true], await TryAsync(new RivalSetStored(set, 2, Deleted: true, "me", "because")));
        Assert.Equal(["a"], (await Store.LoadRivalSetsAsync(Cancellation)).Select(s => s.Id));
        Assert.Equal([true], await TryAsync(new RivalSetStored(set, 0, Deleted: false, "me", "again")));
        Assert.Equal(4, (await Store.LoadRivalSetsAsync(Cancellation))[1].Version);
    }

    [Fact]
    public async Task An_estate_is_changed_only_by_who_knows_what_it_was()
    {
        var estate = new Estate { Id = "closing", Region = "0101", NameZh = "园", NameEn = "Estate", ValidFrom = January, Rank = EstateRank.Province };
        await CommitAsync(new EstateChange(estate));
        var closed = estate with { Version = 2, NameEn = "Other", Rank = EstateRank.Nation, ClosedFrom = January + 7 };

        Assert.Equal([true], await TryAsync(new EstateUpdated(closed)));
        Assert.Equal([false], await TryAsync(new EstateUpdated(closed with { NameZh = "迟" })));
        Assert.Equal(closed, (await Store.LoadEstatesAsync(Cancellation)).Single(e => e.Id == "closing"));
    }

    [Fact]
    public async Task The_calendar_that_was_set_last_holds()
    {
        Assert.Null(await Store.LoadCalendarAsync(Cancellation));
        var rules = new CalendarRules
        {
            Feeds = [new() { Feed = Feed.Fdi, DueDay = 8, GraceDays = 3, YearToDate = true, Exceptions = [new(January, new(2004, 2, 25))] }],
            WeekendsOff = true,
            Holidays = [new(2004, 10, 1)],
            WorkingDays = [new(2004, 10, 9)],
            DecidedBy = "me",
            Reason = "because",
        };
        Assert.Equal([true], await TryAsync(new CalendarSet(rules)));
        Assert.Equal([false], await TryAsync(new CalendarSet(rules)));
        Assert.Equal([true], await TryAsync(new CalendarSet(rules with { Version = 1, Holidays = [] })));

        var held = await Store.LoadCalendarAsync(Cancellation);
        Assert.Equal((2, true, "me", "because"), (held!.Version, held.WeekendsOff, held.DecidedBy, held.Reason));
        Assert.Empty(held.Holidays);
        Assert.Equal(rules.WorkingDays, held.WorkingDays);
        var fdi = Assert.Single(held.Feeds);
        Assert.Equal((Feed.Fdi, 8, 3, true), (fdi.Feed, fdi.DueDay, fdi.GraceDays, fdi.YearToDate));
        Assert.Equal(rules.Feeds[0].Exceptions, fdi.Exceptions);
        Assert.NotNull(held.DecidedAt);
    }

    [Fact]
    public async Task A_rule_of_obligations_is_replaced_only_by_who_knows_what_it_was()
    {
        var rule = new ObligationRule
        {
            Id = "large", Exempt = true, Feeds = [Feed.Fdi, Feed.Output], Enterprises = ["org-1"], Regions = ["0101"], Industries = ["39"],
            Ownerships = [Ownership.Hmt], Sizes = [EnterpriseSize.Large, EnterpriseSize.Micro], ValidFrom = January, ValidTo = January + 3,
        };
        Assert.Equal([true], await TryAsync(Stored(rule)));
        Assert.Equal([false], await TryAsync(Stored(rule)));
        Assert.Equal([true], await TryAsync(Stored(rule with { Version = 1, Exempt = false })));

        var held = Assert.Single(await Store.LoadObligationRulesAsync(Cancellation));
        Assert.Equal(("large", 2, false, January, January + 3), (held.Id, held.Version, held.Exempt, held.ValidFrom, held.ValidTo));
        Assert.Equal(rule.Feeds, held.Feeds);
        Assert.Equal([["org-1"], ["0101"], ["39"]], new[] { held.Enterprises, held.Regions, held.Industries });
        Assert.Equal(rule.Ownerships, held.Ownerships);
        Assert.Equal(rule.Sizes, held.Sizes);

        Assert.Equal([true], await TryAsync(Stored(held, deleted: true)));
        Assert.Empty(await Store.LoadObligationRulesAsync(Cancellation));
        Assert.Equal([true], await TryAsync(Stored(rule)));

        static ObligationRuleStored Stored(ObligationRule rule, bool deleted = false) => new(rule, deleted, "me", "because");
    }

    [Fact]
    public async Task Enterprises_are_listed_as_they_are_in_a_month()
    {
        var mover = Registered("org-1");
        mover.Register(Profile() with { ValidFrom = January + 6, Region = "0202", Size = EnterpriseSize.Small });
        var merged = Registered("org-2");
        merged.Register(Profile() with { ValidFrom = January + 3, Closed = true, Successor = "org-1" });
        await CommitAsync(mover.ToChange(), merged.ToChange());

        Assert.Equal(["org-1", "org-2"], await ListAsync(new() { Period = January }));
        Assert.Equal(["org-1"], await ListAsync(new() { Period = January + 3 }));
        Assert.Equal(["org-1", "org-2"], await ListAsync(new() { WithClosed = true }));
        Assert.Equal(["org-2"], await ListAsync(new() { Period = January, After = "org-1" }));
        Assert.Equal(["org-1"], await ListAsync(new() { Period = January, Limit = 1 }));
        Assert.Equal(["org-1"], await ListAsync(new() { Region = "02", Period = January + 6 }, "02", "0202"));
        Assert.Empty(await ListAsync(new() { Region = "02", Period = January + 5 }, "02", "0202"));
        Assert.Empty(await ListAsync(new() { Period = January, Industry = "17" }));
        var views = await Store.ListEnterprisesAsync(new() { WithClosed = true }, [], Cancellation);
        Assert.Equal((EnterpriseSize.Small, null), (views[0].Profile.Size, views[0].Profile.Successor));
        Assert.Equal((EnterpriseSize.Unspecified, "org-1"), (views[1].Profile.Size, views[1].Profile.Successor));

        async Task<IEnumerable<string>> ListAsync(EnterpriseQuery query, params string[] regions) =>
            (await Store.ListEnterprisesAsync(query, regions, Cancellation)).Select(e => e.Id);
    }

    private sealed class ByText : IEqualityComparer<PeriodClosed>
    {
        public bool Equals(PeriodClosed? x, PeriodClosed? y) => (x?.Feed, x?.Period, x?.ClosedBy) == (y?.Feed, y?.Period, y?.ClosedBy);

        public int GetHashCode(PeriodClosed obj) => obj.Period.GetHashCode();
    }
}
