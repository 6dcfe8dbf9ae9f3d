using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using Xunit;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>Which type a place is of, at the borders and beside them. Shares are per mille, a year apart, so that each is that of a
/// window of its own.</summary>
public sealed class ClusterTypeTests
{
    private const string Endogenous = "endogenous";
    private const string Mixed = "mixed";
    private const string Embedding = "embedding";
    private static readonly Month First = new(2004, 1);

    [Theory]
    [InlineData(200, Endogenous)]
    [InlineData(201, Mixed)]
    [InlineData(499, Mixed)]
    [InlineData(500, Embedding)]
    public void The_first_type_is_by_the_borders_themselves(int share, string type) => Assert.Equal(type, TypeOf(share));

    [Theory]
    [InlineData(100, 220, Endogenous)]
    [InlineData(100, 221, Mixed)]
    [InlineData(300, 181, Mixed)]
    [InlineData(300, 179, Endogenous)]
    [InlineData(300, 520, Mixed)]
    [InlineData(300, 521, Embedding)]
    [InlineData(600, 480, Embedding)]
    [InlineData(600, 479, Mixed)]
    public void A_type_is_left_only_when_the_share_is_beyond_the_margin(int before, int now, string type) =>
        Assert.Equal(type, TypeOf(before, now));

    private static string TypeOf(params int[] shares)
    {
        var cells = new CellTable().Active(First, 1);
        for (var i = 0; i < shares.Length; i++)
        {
            var month = First + (12 * i);
            cells.Reported(Feed.Output, month, month);
            cells.Add(new(Measure.Output, "foreign|CNY", month), shares[i] * 100);
            cells.Add(new(Measure.Output, "private|CNY", month), (1_000 - shares[i]) * 100);
        }
        return new ClusterType().At(cells.View(), First + (12 * (shares.Length - 1))).Single(f => f.Value == 1).Labels["type=".Length..];
    }
}
