using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using Xunit;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>Cells as formulas read them.</summary>
public sealed class CellViewTests
{
    private static readonly Month March = new(2004, 3);

    [Fact]
    public void The_newest_month_that_is_over_is_that_of_the_feed_itself()
    {
        var view = new CellTable().ViewClosed((Feed.Output, March - 1), (Feed.Output, March), (Feed.Output, March - 2), (Feed.Export, March + 1));

        Assert.Equal(March, view.NewestClosed(Feed.Output));
        Assert.Equal(March + 1, view.NewestClosed(Feed.Export));
        Assert.Null(view.NewestClosed(Feed.Fdi));
    }

    [Fact]
    public void Who_is_no_longer_there_is_not_counted()
    {
        var view = new CellTable().With(new(Measure.SupplierReached, "org-1", March), 1)
            .With(new(Measure.SupplierReached, "org-2", March), 2).With(new(Measure.SupplierReached, "org-2", March + 1), -2).View();

        Assert.Equal((2, 1, 0), (
            view.DistinctStock(Measure.SupplierReached, March), view.DistinctStock(Measure.SupplierReached, March + 1),
            view.DistinctStock(Measure.SupplierReached, March - 1)));
    }

    [Fact]
    public void Each_months_money_is_converted_at_the_rate_of_the_month_that_it_is_of()
    {
        var view = new CellTable().With(new(Measure.Output, "private|USD", March), 1_00).With(new(Measure.Output, "private|USD", March + 1), 10_00)
            .ViewAt(HandmadeCells.Rates(("USD", "CNY", March - 1, 5), ("USD", "CNY", March, 7), ("CNY", "USD", March + 1, 0.125)));

        Assert.Equal(7 + 80, view.Money(Measure.Output, March, March + 1, "CNY"));
        Assert.Equal(5 + 70, view.Money(Measure.Output, March, March + 1, "CNY", rateLag: 1));
    }

    [Fact]
    public void A_rate_is_needed_only_of_months_with_an_amount()
    {
        var cells = new CellTable().With(new(Measure.Output, "private|USD", March), 1_00);
        var rates = HandmadeCells.Rates(("USD", "CNY", March, 7));

        Assert.Equal(7, cells.ViewAt(rates).Money(Measure.Output, March - 2, March + 1, "CNY"));
        cells.Add(new(Measure.Output, "private|USD", March + 1), 1);
        Assert.Null(cells.ViewAt(rates).Money(Measure.Output, March - 2, March + 1, "CNY"));
    }

    [Fact]
    public void Rates_serve_both_directions_and_are_the_same_where_they_say_the_same()
    {
        var rates = HandmadeCells.Rates(("USD", "CNY", March, 8));

        Assert.Equal(
            (8, 0.125, 1, null),
            (rates.Find("USD", "CNY", March), rates.Find("CNY", "USD", March), rates.Find("CNY", "CNY", March), rates.Find("USD", "CNY", March + 1)));
        Assert.True(rates.SameAs(HandmadeCells.Rates(("USD", "CNY", March, 8))));
        Assert.False(rates.SameAs(HandmadeCells.Rates(("USD", "CNY", March, 7))));
        Assert.False(rates.SameAs(HandmadeCells.Rates(("USD", "CNY", March + 1, 8))));
        Assert.False(rates.SameAs(HandmadeCells.Rates(("USD", "CNY", March, 8), ("USD", "CNY", March + 1, 8))));
        Assert.False(HandmadeCells.Rates(("USD", "CNY", March, 8), ("USD", "CNY", March + 1, 8)).SameAs(rates));
        Assert.False(HandmadeCells.Rates(("USD", "CNY", March, 8), ("EUR", "CNY", March, 9)).SameAs(HandmadeCells.Rates(("USD", "CNY", March, 8), ("EUR", "CNY", March, 10))));
    }
}
