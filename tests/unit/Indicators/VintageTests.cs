using ClusterPulse.Indicators;
using Xunit;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>How little a figure may move without being a new one: a millionth of it, or a millionth where it is below 1.</summary>
public sealed class VintageTests
{
    [Theory]
    [InlineData(0, 0.5e-6, true)]
    [InlineData(0, 1e-6, true)]
    [InlineData(0, 1.5e-6, false)]
    [InlineData(0.001, 0.0010005, true)]
    [InlineData(1e9, 1e9 + 999, true)]
    [InlineData(1e9, 1e9 - 1_001, false)]
    [InlineData(-1e9, -1e9 - 999, true)]
    public void A_trace_is_a_millionth(double before, double after, bool same) =>
        Assert.Equal(same, Of(before).IsAsGoodAs(Of(after)));

    [Fact]
    public void Whatever_else_differs_is_no_trace()
    {
        Assert.False(Of(1).IsAsGoodAs(Of(1) with { Coverage = 0.99 }));
        Assert.False(Of(1).IsAsGoodAs(Of(1) with { Period = new(2004, 4) }));
        Assert.False(Of(null).IsAsGoodAs(Of(0)));
        Assert.True(Of(null).IsAsGoodAs(Of(null)));
        Assert.False(Of(null).IsAsGoodAs(Of(null) with { Reason = Unavailable.NoRate }));
    }

    private static Vintage Of(double? value) => new(
        "krugman_specialisation", "", new(2004, 3), value, value is null ? Unavailable.NoDenominator : Unavailable.None, FigureStatus.Final, 1);
}
