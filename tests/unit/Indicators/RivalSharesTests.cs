using ClusterPulse.Facts;
using ClusterPulse.Gateway.Alerts;
using ClusterPulse.Gateway.Indicators;
using ClusterPulse.Indicators;
using ClusterPulse.Policies;
using ClusterPulse.Regions;
using ClusterPulse.UnitTests.Reference;
using Xunit;
using static ClusterPulse.UnitTests.Indicators.ReportingWorld;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>Dongguan and Suzhou compete. In each a firm stays that invests 100 a month from Hong Kong, and one from Taiwan, in
/// electronics, that invests 100 a month too goes from Dongguan to Suzhou.</summary>
public sealed class RivalSharesTests(LoadedReference reference)
{
    private const string Dongguan = "regions/4419";
    private const string Suzhou = "regions/3205";
    private const string Change = "fdi_share_change";
    private const string Losing = "fdi_share_losing_periods";
    private static readonly Month First = new(2002, 1);
    private static readonly Month Move = new(2004, 7);
    private static readonly Month Last = new(2004, 12);

    private static readonly RivalSet Set = new() { Id = "it", Regions = ["3205", "4419"], Sources = ["TW"], Industries = ["39", "1751"], Version = 1 };

    [Fact]
    public void What_one_loses_its_rival_gains_from_that_month_on()
    {
        var world = Moved();

        for (var month = Move - 6; month <= Last; month += 1)
        {
            var months = Math.Max(0, month - Move + 1);
            Assert.Equal(-months / 36.0, Value(world, Dongguan, Change, month, ""), 1e-12);
            Assert.Equal(months / 36.0, Value(world, Suzhou, Change, month, ""), 1e-12);
            Assert.Equal(months, Value(world, Dongguan, Losing, month, ""));
            Assert.Equal(0, Value(world, Suzhou, Losing, month, ""));
        }
    }

    [Fact]
    public void A_source_and_an_industry_are_shares_of_their_own()
    {
        var world = Moved();

        // Taiwan's money was all in Dongguan: two of twelve months are gone. The firms from Hong Kong make textiles.
        Assert.Equal(-2 / 12.0, Value(world, Dongguan, Change, Move + 1, ",source=TW"), 1e-12);
        Assert.Equal(-2 / 12.0, Value(world, Dongguan, Change, Move + 1, ",industry=39"), 1e-12);
        Assert.Equal(-2 / 12.0, Value(world, Dongguan, Change, Move + 1, ",industry=39,source=TW"), 1e-12);
        Assert.Equal(0, Value(world, Dongguan, Change, Move + 1, ",industry=1751"), 1e-12);
        Assert.Equal(2, Value(world, Dongguan, Losing, Move + 1, ",industry=39,source=TW"));
        Assert.Equal(0, Value(world, Dongguan, Losing, Move + 1, ",industry=1751"));
        var none = world.At(Dongguan, Move + 1).Of(Change, "among=rivals,industry=1751,source=TW").Figure;
        Assert.Equal((null, Unavailable.NoDenominator), (none.Value, none.Reason));
    }

    [Fact]
    public void The_second_month_that_loses_raises_an_alert_for_the_loser_alone()
    {
        var world = Filled(Move + 1);

        Assert.DoesNotContain(Alerts(world, Dongguan, Move), a => a.Name == "FdiShareLost");
        Assert.Equal(
            [
                "-0.0556 among rivals", "-0.1667 among rivals, industry 39", "-0.1667 among rivals, industry 39, source TW",
                "-0.1667 among rivals, source TW",
            ],
            Alerts(world, Dongguan, Move + 1).Where(a => a.Name == "FdiShareLost").Select(a => a.Why));
        Assert.DoesNotContain(Alerts(world, Suzhou, Move + 1), a => a.Name == "FdiShareLost");
    }

    [Fact]
    public void A_month_that_one_of_them_has_not_complete_is_nobodys()
    {
        var world = Filled(Last);
        world.Withdraw("org-there", Feed.Fdi, Last);

        Assert.Equal(Last, world.Newest(Dongguan).Of("fdi_utilised_usd").Period);
        Assert.All([Dongguan, Suzhou], place => Assert.Equal(Last - 1, world.Newest(place).Of(Change, "among=rivals").Period));
        Assert.Equal(Unavailable.Incomplete, world.At(Dongguan, Last).Of(Change, "among=rivals").Figure.Reason);
    }

    [Fact]
    public void Without_a_set_or_with_a_rival_that_nothing_is_known_of_there_is_no_figure()
    {
        var world = Moved();
        world.Rivals = Set with { Regions = ["3205", "4419", "3303"] };
        Assert.DoesNotContain(world.Newest(Dongguan), f => f.Indicator is Change or Losing);

        world.Rivals = null;
        Assert.DoesNotContain(world.Settled(Dongguan), f => f.Indicator is Change or Losing);
    }

    [Fact]
    public void A_rival_without_anybody_who_had_to_report_a_year_ago_is_a_newcomer_and_a_silent_one_is_not()
    {
        var world = Filled(Last);
        world.Register("org-new", "330304", Ownership.Hmt, Last - 11);
        for (var month = Last - 11; month <= Last; month += 1)
            world.Report("org-new", Feed.Fdi, month, Invested("HK", 10_000));
        world.Rivals = Set with { Regions = ["3205", "4419", "3303"] };
        Assert.Equal(12 / 48.0, Value(world, "regions/3303", Change, Last, ""), 1e-12);

        world.Register("org-silent", "330304", Ownership.Hmt, First);
        world.Report("org-silent", Feed.Fdi, Last);
        Assert.Equal(Unavailable.NotApplicable, world.At("regions/3303", Last).Of(Change, "among=rivals").Figure.Reason);
    }

    [Fact]
    public void An_industry_takes_in_all_that_begins_with_its_code()
    {
        var world = Moved();
        world.Rivals = Set with { Industries = ["391", "3912", "3911"] };

        Assert.Equal(-2 / 12.0, Value(world, Dongguan, Change, Move + 1, ",industry=391"), 1e-12);
        Assert.Equal(-2 / 12.0, Value(world, Dongguan, Change, Move + 1, ",industry=3911"), 1e-12);
        Assert.Equal(Unavailable.NoDenominator, world.At(Dongguan, Move + 1).Of(Change, "among=rivals,industry=3912").Figure.Reason);
    }

    private ReportingWorld Moved() => Filled(Last);

    private ReportingWorld Filled(Month last)
    {
        var world = new ReportingWorld(reference) { Rivals = Set };
        world.Register("org-mover", "441900003", Ownership.Hmt, First);
        world.Register("org-mover", "320583", Ownership.Hmt, Move);
        world.Register("org-stays", "441900004", Ownership.Hmt, First, "1751");
        world.Register("org-there", "320505", Ownership.Hmt, First, "1751");
        for (var month = First; month <= last; month += 1)
        {
            world.Report("org-mover", Feed.Fdi, month, Invested("TW", 10_000));
            world.Report("org-stays", Feed.Fdi, month, Invested("HK", 10_000));
            world.Report("org-there", Feed.Fdi, month, Invested("HK", 10_000));
        }
        return world;
    }

    private static double Value(ReportingWorld world, string place, string indicator, Month month, string labels)
    {
        var figure = world.At(place, month).Of(indicator, "among=rivals" + labels).Figure;
        return figure.Value ?? throw new InvalidOperationException($"{indicator} of {place} in {month} is {figure.Reason}");
    }

    private static IReadOnlyList<RaisedAlert> Alerts(ReportingWorld world, string place, Month month)
    {
        var health = new PlaceHealth
        {
            Place = place,
            Level = "prefecture",
            NameZh = place,
            NameEn = place,
            Path = place,
            Figures = [.. world.At(place, month)],
        }.ToMessage(new());
        return AlertRules.Evaluate([health], AlertPolicyCatalogue.All.ToDictionary(p => (place, p.Key), p => p.Value));
    }
}
