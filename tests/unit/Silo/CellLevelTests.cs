using ClusterPulse.Aggregation;
using ClusterPulse.Enterprises;
using ClusterPulse.Facts;
using ClusterPulse.UnitTests.Reference;
using Xunit;

namespace ClusterPulse.UnitTests.Silo;

/// <summary>New measures come into a store that an older build has written to.</summary>
public sealed class CellLevelTests(LoadedReference reference)
{
    private static readonly Month January = new(2004, 1);

    [Fact]
    public async Task AStoreThatIsNewHoldsAllMeasures()
    {
        await using var store = await SqliteWorld.CreateAsync(reference);

        Assert.Equal(new(CellLevels.Newest, CellLevels.Newest), await store.Store.ReadCellLevelAsync(default));
        Assert.True(await store.Store.TryRaiseCellLevelAsync(TimeSpan.FromHours(1), default));
    }

    [Fact]
    public async Task NewMeasuresWaitForTheOlderBuildToGoAndAreThenRebuilt()
    {
        await using var store = await SqliteWorld.CreateAsync(reference);
        store.Tamper("DELETE FROM cell_level");
        Assert.Equal(1, store.Tamper("UPDATE writer SET knows = NULL, cells = 1"));
        await RegisterAsync(store, "org-1");
        await store.CycleAsync();
        Assert.Equal(0, await BirthsAsync(store));
        Assert.Equal(0, Stored(store));
        Assert.Equal(0, (await store.AuditAsync()).Differences);
        Assert.False(await store.Store.TryRaiseCellLevelAsync(TimeSpan.Zero, default));

        // The older build is gone; its successor waits, in case it comes back.
        await store.RestartAsync();
        await RegisterAsync(store, "org-2");
        Assert.False(await store.Store.TryRaiseCellLevelAsync(TimeSpan.FromHours(1), default));
        Assert.Equal(0, await BirthsAsync(store));

        Assert.True(await store.Store.TryRaiseCellLevelAsync(TimeSpan.Zero, default));
        Assert.Equal(new(CellLevels.Newest, CellLevels.First), await store.Store.ReadCellLevelAsync(default));
        await RegisterAsync(store, "org-3");
        Assert.Equal(1, await BirthsAsync(store));
        Assert.Equal(0, (await store.AuditAsync()).Differences);

        await store.RebuildAsync();
        await store.Store.SetCellsRebuiltAsync(default);
        await RegisterAsync(store, "org-4");

        Assert.Equal(4, await BirthsAsync(store));
        Assert.NotEqual(0, Stored(store));
        Assert.Equal(new(CellLevels.Newest, CellLevels.Newest), await store.Store.ReadCellLevelAsync(default));
        Assert.Equal(0, (await store.AuditAsync()).Differences);
    }

    [Fact]
    public async Task ARebuildBeforeThatKeepsToTheOldMeasures()
    {
        await using var store = await SqliteWorld.CreateAsync(reference);
        store.Tamper("DELETE FROM cell_level");
        store.Tamper("UPDATE writer SET cells = 1");
        await RegisterAsync(store, "org-1");

        await store.RebuildAsync();

        Assert.Equal(0, Stored(store));
        Assert.Equal(0, await BirthsAsync(store));
        Assert.Equal(0, (await store.AuditAsync()).Differences);
    }

    private static async Task<long> BirthsAsync(SqliteWorld store)
    {
        var nation = new Aggregator("regions/CN", store.Store);
        await nation.LoadAsync();
        return nation.Cells[new(Measure.Births, "", January)];
    }

    /// <summary>Cells of new measures in checkpoints.</summary>
    private static int Stored(SqliteWorld store) => store.Tamper("UPDATE cell SET amount = amount WHERE measure = 'births'");

    private async Task RegisterAsync(SqliteWorld store, string id)
    {
        var draft = new EnterpriseDraft(EnterpriseState.Unknown(id), store.Geography);
        draft.Register(new()
        {
            ValidFrom = January,
            Region = reference.Region("3205").Children[0].Code,
            Industry = "3911",
            Ownership = Ownership.Private,
        });
        await store.CommitAsync(draft.ToChange());
    }
}
