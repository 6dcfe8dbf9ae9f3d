using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using Xunit;

namespace ClusterPulse.UnitTests.Aggregation;

/// <summary>Frequent dimensions are spelled once; they must be what they would be if they were spelled each time.</summary>
public sealed class DimensionsTests
{
    public static TheoryData<Feed, int> Lags => new(
        from feed in VocabularyWords.Feeds
        from months in (int[])[0, 1, 3, 11, 12]
        select (feed, months));

    [Theory]
    [MemberData(nameof(Lags))]
    public void A_lag_is_told_by_feed_months_and_currency(Feed feed, int months)
    {
        foreach (var currency in (string[])["", "CNY", "USD", "JPY"])
            Assert.Equal($"{feed.Word()}|{months}|{currency}", Dimensions.Lag(feed, months, currency));
    }

    [Fact]
    public void A_kind_is_told_by_ownership_and_mark_and_currency()
    {
        foreach (var ownership in VocabularyWords.Ownerships)
        {
            Assert.Equal(ownership.Word(), Dimensions.Kind(ownership, hiTech: false));
            Assert.Equal(ownership.Word() + "+", Dimensions.Kind(ownership, hiTech: true));
            Assert.Equal(ownership.Word() + "+|CNY", Dimensions.Kind(ownership, hiTech: true, "CNY"));
            Assert.Equal(ownership.Word() + "|USD", Dimensions.Kind(ownership, hiTech: false, "USD"));
        }
    }

    [Fact]
    public void Two_enterprises_are_one_pair_whichever_way_round()
    {
        Assert.Equal("org-1~org-2", Dimensions.Pair("org-1", "org-2"));
        Assert.Equal("org-1~org-2", Dimensions.Pair("org-2", "org-1"));
    }
}
