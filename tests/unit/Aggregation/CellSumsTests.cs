using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using Xunit;

namespace ClusterPulse.UnitTests.Aggregation;

/// <summary>What a commit changes, in memory and as the log holds it.</summary>
public sealed class CellSumsTests
{
    private static readonly Month May = new(2004, 5);
    private static readonly CellKey Output = new(Measure.Output, "private|CNY", May);
    private static readonly CellKey InIndustry = new(Measure.Output, "39", "private|CNY", May + 1);

    [Fact]
    public void The_log_gives_back_what_was_put_in()
    {
        var sums = Of((Output, 1), (InIndustry, -2), (new(Output.Measure, Output.Dimension, May + 2), long.MaxValue),
            (new(Measure.Export, Output.Dimension, Output.Period), long.MinValue));

        Assert.Equal(Dictionary(sums), Dictionary(CellSums.Decode(sums.Encode())));
    }

    [Fact]
    public void Cells_of_zero_are_not_logged()
    {
        Assert.Empty(Of((Output, 0)).Encode());
    }

    [Fact]
    public void Those_that_cancelled_are_forgotten_and_the_others_stay()
    {
        var sums = Of((Output, 5), (InIndustry, 3));
        sums.Add(Of((Output, -5)));

        sums.DropZeros();

        Assert.Equal(new Dictionary<CellKey, long> { [InIndustry] = 3 }, Dictionary(sums));
    }

    [Theory]
    [InlineData(long.MaxValue, 1)]
    [InlineData(long.MinValue, -1)]
    public void A_sum_that_is_too_large_is_an_error(long sum, long more)
    {
        var sums = Of((Output, sum));

        Assert.Throws<OverflowException>(() => sums.Add(Output, more));
        var place = new CellTable();
        place.Add(Output, sum);
        Assert.Throws<OverflowException>(() => place.Add(Output, more));
    }

    [Fact]
    public void A_damaged_log_is_told()
    {
        var bytes = Of((Output, 5), (InIndustry, 3)).Encode();
        // The second cell's word for its dimension refers to one that was never written.
        bytes[^2] = 9;

        Assert.Throws<InvalidDataException>(() => CellSums.Decode(bytes));
        Assert.Throws<EndOfStreamException>(() => CellSums.Decode(bytes[..5]));
    }

    [Theory]
    [InlineData(CellLevels.First, Measure.MemberHash, true)]
    [InlineData(CellLevels.First, Measure.MemberHash + 1, false)]
    [InlineData(CellLevels.Second, Measure.NetworkPair, true)]
    [InlineData(CellLevels.Second, Measure.NetworkPair + 1, false)]
    [InlineData(CellLevels.Third, Measure.EmploymentByClass, true)]
    [InlineData(CellLevels.Third, Measure.EmploymentByClass + 1, false)]
    [InlineData(CellLevels.Fourth, Measure.EmploymentByClass + 1, true)]
    public void What_an_older_build_does_not_know_is_left_out(int level, Measure measure, bool stays)
    {
        var sums = Of((new(measure, "x", May), 1));

        CellLevels.Limit(new Dictionary<string, CellSums> { ["regions/3205"] = sums }, level);

        Assert.Equal(stays ? 1 : 0, sums.Count);
    }

    private static CellSums Of(params ReadOnlySpan<(CellKey Key, long Amount)> cells)
    {
        var sums = new CellSums();
        foreach (var (key, amount) in cells)
            sums.Add(key, amount);
        return sums;
    }

    private static Dictionary<CellKey, long> Dictionary(CellSums sums)
    {
        var cells = new Dictionary<CellKey, long>();
        foreach (var (key, amount) in sums)
            cells.Add(key, amount);
        return cells;
    }
}
