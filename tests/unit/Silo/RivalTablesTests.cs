using ClusterPulse.Facts;
using ClusterPulse.Registry;
using ClusterPulse.UnitTests.Reference;
using Xunit;

namespace ClusterPulse.UnitTests.Silo;

/// <summary>A set that is defined anew or taken back has figures computed anew.</summary>
public sealed class RivalTablesTests(LoadedReference reference)
{
    [Fact]
    public async Task Every_change_of_a_set_raises_the_revision_of_the_tables_once()
    {
        await using var store = await SqliteWorld.CreateAsync(reference);
        var tables = new SharedTablesSource(store.Store);
        var set = new RivalSet { Id = "it", Regions = ["3205", "4419"] };
        await tables.RefreshAsync(TestContext.Current.CancellationToken);
        var revision = tables.Current.Revision;

        foreach (var (change, regions) in new (RivalSetStored, string[])[]
        {
            (new(set, 0, false, "me", "because"), ["3205", "4419"]),
            (new(set with { Regions = ["3205", "3303"] }, 1, false, "me", "because"), ["3205", "3303"]),
            (new(set with { Regions = ["3205", "3303"], Sources = ["TW"] }, 2, false, "me", "because"), ["3205", "3303"]),
            (new(set, 3, true, "me", "deleted"), []),
        })
        {
            await store.CommitAsync(change);
            await tables.RefreshAsync(TestContext.Current.CancellationToken);
            await tables.RefreshAsync(TestContext.Current.CancellationToken);

            Assert.Equal(++revision, tables.Current.Revision);
            Assert.Equal(regions.Order(), tables.Current.RivalsByRegion.Keys.Order());
        }
    }
}
