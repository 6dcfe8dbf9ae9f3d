using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using Xunit;

namespace ClusterPulse.UnitTests.Aggregation;

public sealed class ContributionTests
{
#if MUTATION
    private const int Worlds = 20;
#else
    private const int Worlds = 200;
#endif
    private const int Steps = 50;
    private const int OtherSeeds = 1_000_000;

    private static readonly TwoLocalities Geography = new();
    private static readonly Month FirstRead = RandomWorld.First - 4;
    private static readonly Month LastRead = RandomWorld.First + RandomWorld.Months + 18;

    /// <summary>Rule 10: live deltas and rebuilds are the same function, so nothing may be left behind by any step.</summary>
    [Fact]
    public void DeltasAddUpToTheContributionOfTheStateTheyLeadTo() => Parallel.For(0, Worlds, seed =>
    {
        var world = NewWorld(seed);
        var sums = world.States.Keys.ToDictionary(id => id, _ => new Dictionary<(string, CellKey), long>());
        for (var step = 0; step < Steps; step++)
        {
            foreach (var draft in world.Step())
            {
                var own = sums[draft.State.Id];
                Add(own, draft.ToChange().Deltas);
                var all = new List<CellDelta>();
                var whole = new Contribution(draft.Committed(), Geography, 1, all);
                whole.All();
                whole.Member();
                var expected = new Dictionary<(string, CellKey), long>();
                Add(expected, all);
                AssertSame(expected, own, $"seed {seed}, step {step}, {draft.State.Id}");
            }
        }
    });

    [Fact]
    public void CellsReadAsTheDefinitionsSay() => Parallel.For(0, Worlds, seed =>
    {
        var world = NewWorld(seed + OtherSeeds);
        var places = new Dictionary<string, CellTable>();
        for (var step = 0; step < Steps; step++)
        {
            var changes = world.Step().Select(d => d.ToChange()).ToList();
            foreach (var (place, cells) in DeltaSummer.Sum(changes, [.. changes.Select(_ => true)], Geography))
            {
                if (!places.TryGetValue(place, out var table))
                    places.Add(place, table = new());
                foreach (var (key, amount) in cells)
                    table.Add(key, amount);
            }
        }
        var read = places.SelectMany(p => Readings(p.Key, p.Value)).ToDictionary();
        AssertSame(NaiveCells.Of(world.States, Geography, FirstRead, LastRead), read, $"seed {seed + OtherSeeds}");
        foreach (var (place, table) in places)
            Assert.Equal(MembersOf(place, world.States.Values), MemberSums.In(table));
    });

    private static MemberSums MembersOf(string place, IEnumerable<EnterpriseState> enterprises) => enterprises
        .Where(e => e.Profiles.Length > 0)
        .Where(e => Geography.Path(Places.Region(e.Profiles[^1].Region)).Contains(place)
            || (e.Profiles[^1].Estate is { } estate && place == Places.Estate(estate)))
        .Aggregate(default(MemberSums), (sum, e) => sum + MemberSums.Of(e.Id, e.Version));

    private static RandomWorld NewWorld(int seed) => new(seed, Geography, TwoLocalities.Counties, TwoLocalities.Estates);

    /// <summary>Every figure that is not 0: stocks by prefix sum, the rest by month.</summary>
    private static IEnumerable<KeyValuePair<Reading, long>> Readings(string place, CellTable table)
    {
        foreach (var series in table.NonZero().Where(c => c.Key.Measure is not (Measure.Members or Measure.MemberHash)).GroupBy(c => (c.Key.Measure, c.Key.Industry, c.Key.Dimension)))
        {
            var (measure, industry, dimension) = series.Key;
            var cells = table.Of(measure, industry)[dimension];
            Assert.True(FirstRead <= cells.First && cells.Last <= LastRead, "a cell lies outside the months that are read");
            for (var month = FirstRead; month <= LastRead; month += 1)
            {
                var amount = IsStock(measure) ? cells.UpTo(month) : cells[month];
                if (amount != 0)
                    yield return new(new(place, measure, industry, dimension, month), amount);
            }
        }
    }

    private static bool IsStock(Measure measure) => measure
        is Measure.Active or Measure.Linked or Measure.SupplierReached or Measure.LinkedSupplier or Measure.EstateLinked or Measure.Estates
        or Measure.LinkSurvived or Measure.NetworkLink or Measure.NetworkBuyer or Measure.NetworkPair or Measure.BuyerSuppliers
        or Measure.ActiveByClass or Measure.LinkedByIndustry;

    private static void Add(Dictionary<(string, CellKey), long> sums, IEnumerable<CellDelta> deltas)
    {
        foreach (var delta in deltas)
        {
            var key = (delta.Place, delta.Key);
            var sum = sums.GetValueOrDefault(key) + delta.Amount;
            if (sum == 0)
                sums.Remove(key);
            else
                sums[key] = sum;
        }
    }

    private static void AssertSame<TKey>(Dictionary<TKey, long> expected, Dictionary<TKey, long> actual, string where)
        where TKey : notnull
    {
        foreach (var (key, amount) in expected)
            Assert.True(actual.GetValueOrDefault(key) == amount, $"{where}: {key} is {actual.GetValueOrDefault(key)}, must be {amount}");
        foreach (var (key, amount) in actual)
            Assert.True(expected.ContainsKey(key), $"{where}: {key} is {amount}, must be 0");
    }
}
