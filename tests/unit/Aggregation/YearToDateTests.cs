using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.UnitTests.Indicators;
using ClusterPulse.UnitTests.Reference;
using Xunit;

namespace ClusterPulse.UnitTests.Aggregation;

/// <summary>Months out of sums of the year to date.</summary>
public sealed class YearToDateTests
{
    private const string Firm = "org-firm";
    private const string County = "regions/320583";
    private static readonly Month January = new(2004, 1);

    private readonly ReportingWorld _world;

    public YearToDateTests(LoadedReference reference)
    {
        _world = new(reference);
        _world.Register(Firm, "320583", Ownership.Private, January - 12);
    }

    [Fact]
    public void Correcting_one_sum_changes_two_months()
    {
        ToDate(January, 100, 210, 330, 450, 560);
        Assert.Equal([100, 110, 120, 120, 110], Output(January, 5));

        ToDate(January + 2, 300);

        Assert.Equal([100, 110, 90, 150, 110], Output(January, 5));
        Assert.Equal([2, 1], new[] { Report(January + 2).Revision, Report(January + 3).Revision });

        StoredReport Report(Month month) => _world.Changes.OfType<EnterpriseChange>().SelectMany(c => c.Reports).Last(r => r.Key.Period == month).Report;
    }

    [Fact]
    public void February_alone_holds_January_too_until_January_comes()
    {
        ToDate(January + 1, 210, 330);
        Assert.Equal([0, 210, 120], Output(January, 3));
        Assert.Equal([0, 0, 0], Undistributed(January, 3));

        ToDate(January, 100);

        Assert.Equal([100, 110, 120], Output(January, 3));
    }

    [Fact]
    public void What_follows_a_missing_month_is_undistributed_until_that_comes()
    {
        ToDate(January, 100, 210);
        ToDate(January + 3, 450);
        Assert.Equal([100, 110, 0, 0], Output(January, 4));
        Assert.Equal([0, 0, 0, 450], Undistributed(January, 4));
        // It has been reported all the same.
        Assert.Equal(1, _world.Cells(County)[new(Measure.Reported, "output", January + 3)]);

        ToDate(January + 2, 330);

        Assert.Equal([100, 110, 120, 120], Output(January, 4));
        Assert.Equal([0, 0, 0, 0], Undistributed(January, 4));
    }

    [Fact]
    public void A_sum_that_falls_gives_a_negative_month()
    {
        ToDate(January, 100, 210, 190);

        Assert.Equal([100, 110, -20], Output(January, 3));
        Assert.Equal(-0.2, _world.Newest(County).Of("output_cny").Figure.Value);
    }

    [Fact]
    public void A_year_begins_anew_and_a_month_reported_alone_is_added_to_the_sum_before()
    {
        ToDate(January - 1, 1_000);
        ToDate(January, 50);
        _world.Report(Firm, Feed.Output, January + 1, ReportingWorld.Yuan(70));
        ToDate(January + 2, 200);

        // December stands for itself only with the eleven sums before it.
        Assert.Equal([0, 50, 70, 80], Output(January - 1, 4));
        Assert.Equal([1_000, 0, 0, 0], Undistributed(January - 1, 4));
    }

    [Fact]
    public void A_withdrawn_month_is_missing_too()
    {
        ToDate(January, 100, 210, 330);
        _world.Withdraw(Firm, Feed.Output, January + 1);

        Assert.Equal([100, 0, 0], Output(January, 3));
        Assert.Equal([0, 0, 330], Undistributed(January, 3));
    }

    [Fact]
    public void Correcting_a_sum_of_a_whole_year_changes_the_month_after_it_too()
    {
        ToDate(January, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1_000, 1_100, 1_200);

        ToDate(January + 5, 650);

        Assert.Equal([100, 100, 100, 100, 100, 150, 50, 100, 100, 100, 100, 100], Output(January, 12));
    }

    [Fact]
    public void A_month_of_sums_is_of_an_investment_only_where_the_sums_are()
    {
        ToDate(January, 100, 210);
        _world.Report(Firm, Feed.Fdi, January, Basis.YearToDate, ReportingWorld.Invested("TW", 50));
        _world.Report(Firm, Feed.Fdi, January + 1, Basis.YearToDate, ReportingWorld.Invested("TW", 80));

        var output = Assert.Single(MonthValues.Of(_world.State(Firm), Feed.Output, January + 1));
        var invested = Assert.Single(MonthValues.Of(_world.State(Firm), Feed.Fdi, January + 1));

        Assert.Equal((110, null), (output.Amount, output.Fdi));
        Assert.Equal((30, "TW", "TW"), (invested.Amount, invested.Fdi!.Source, invested.Fdi.UltimateSource));
    }

    [Fact]
    public void A_difference_that_is_too_large_is_an_error()
    {
        ToDate(January, -1);
        var content = new ReportContent { Basis = Basis.YearToDate, Lines = [ReportingWorld.Yuan(long.MaxValue)] };
        var report = new StoredReport { Revision = 1, Content = content, Origin = new("3205", "s", 1), ContentHash = ContentHash.Of(content) };
        var state = _world.State(Firm).WithReport(new(Feed.Output, January + 1), report);

        Assert.Throws<OverflowException>(() => MonthValues.Of(state, Feed.Output, January + 1));
    }

    private void ToDate(Month first, params long[] sums)
    {
        for (var i = 0; i < sums.Length; i++)
            _world.Report(Firm, Feed.Output, first + i, Basis.YearToDate, ReportingWorld.Yuan(sums[i]));
    }

    private long[] Output(Month first, int months) => Amounts(Measure.Output, "private|CNY", first, months);

    private long[] Undistributed(Month first, int months) => Amounts(Measure.Undistributed, "output|CNY", first, months);

    private long[] Amounts(Measure measure, string dimension, Month first, int months) =>
        [.. Enumerable.Range(0, months).Select(i => _world.Cells(County)[new(measure, dimension, first + i)])];
}
