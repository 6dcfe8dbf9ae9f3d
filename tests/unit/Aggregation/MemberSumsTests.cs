using ClusterPulse.Aggregation;
using Xunit;

namespace ClusterPulse.UnitTests.Aggregation;

/// <summary>The sums by which members are compared with the facts.</summary>
public sealed class MemberSumsTests
{
    [Fact]
    public void A_member_that_leaves_takes_all_of_its_sum_with_it()
    {
        var (one, other) = (MemberSums.Of("org-1", 1), MemberSums.Of("org-2", 3));

        Assert.Equal(other, one + other - one);
        Assert.Equal(new(2, one.High + other.High, one.Low + other.Low), one + other);
    }

    [Fact]
    public void Another_version_is_another_member()
    {
        Assert.NotEqual(MemberSums.Of("org-1", 1), MemberSums.Of("org-1", 2));
    }

    [Fact]
    public void A_commits_sums_and_a_places_cells_say_the_same()
    {
        var (sums, cells) = (new CellSums(), new CellTable());
        foreach (var (key, amount) in new Dictionary<CellKey, long> { [Dimensions.MembersCell] = 4, [Dimensions.HighCell] = 5, [Dimensions.LowCell] = 6 })
        {
            sums.Add(key, amount);
            cells.Add(key, amount);
        }

        Assert.Equal(new(4, 5, 6), MemberSums.In(sums));
        Assert.Equal(new(4, 5, 6), MemberSums.In(cells));
    }
}
