using ClusterPulse.Reference;
using ClusterPulse.Silo.Hosting;

namespace ClusterPulse.Silo.Sqlite;

/// <summary>Brings the schema up to date and the region tree into it.</summary>
internal sealed class SqliteStartup(SqliteDatabase database, SqliteFactStore store, ReferenceData reference) : IStoreStartup
{
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        database.Migrate();
        await store.StoreRegionsAsync(reference.Regions);
        await store.StoreFormerRegionsAsync(reference.Regions.History);
    }
}
