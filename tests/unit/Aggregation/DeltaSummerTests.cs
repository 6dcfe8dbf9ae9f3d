using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using Xunit;

namespace ClusterPulse.UnitTests.Aggregation;

/// <summary>What the changes of one commit mean for each place.</summary>
public sealed class DeltaSummerTests
{
    private const string County = "regions/0101";
    private static readonly CellKey Output = new(Measure.Output, "private|CNY", new(2004, 5));

    [Fact]
    public void A_change_that_met_a_newer_version_counts_nowhere()
    {
        var sums = Sum([true, false, true], Of((County, 7)), Of((County, 100), ("regions/0202", 100)), Of(("regions/0102", 5)));

        Assert.Equal(
            new Dictionary<string, long> { [County] = 7, ["regions/0102"] = 5, ["regions/01"] = 12, ["regions/CN"] = 12 },
            sums.ToDictionary(s => s.Key, s => Assert.Single(Cells(s.Value)).Value));
    }

    [Fact]
    public void A_place_where_all_cancels_is_told_nothing_and_no_cell_of_zero_goes_up()
    {
        Assert.Empty(Sum([true, true], Of((County, 7)), Of((County, -7))));

        CellDelta[] deltas = [new(County, Output, 7), new(County, Output, -7), new(County, new(Output.Measure, Output.Industry, "foreign|CNY", Output.Period), 1)];
        var moved = Sum([true], Of(deltas));

        Assert.All(moved.Values, s => Assert.Equal(1, Assert.Single(Cells(s)).Value));
        Assert.Equal(["regions/01", County, "regions/CN"], moved.Keys.Order(StringComparer.Ordinal));
    }

    private static EstateChange Of(params (string Place, long Amount)[] deltas) =>
        Of([.. deltas.Select(d => new CellDelta(d.Place, Output, d.Amount))]);

    private static EstateChange Of(params CellDelta[] deltas) =>
        new(new() { Id = "east", Region = "0101", ValidFrom = Output.Period }) { Deltas = deltas };

    private static IReadOnlyDictionary<string, CellSums> Sum(bool[] applied, params Change[] changes) =>
        DeltaSummer.Sum(changes, applied, new TwoLocalities());

    private static Dictionary<CellKey, long> Cells(CellSums sums)
    {
        var cells = new Dictionary<CellKey, long>();
        foreach (var (key, amount) in sums)
            cells.Add(key, amount);
        return cells;
    }
}
