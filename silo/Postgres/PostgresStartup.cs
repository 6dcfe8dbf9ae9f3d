using ClusterPulse.Reference;
using ClusterPulse.Silo.Hosting;

namespace ClusterPulse.Silo.Postgres;

/// <summary>Brings the schema up to date and the region tree into it.</summary>
internal sealed class PostgresStartup(PostgresSchema schema, PostgresFactStore store, ReferenceData reference) : IStoreStartup
{
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        await schema.MigrateAsync(cancellation);
        await store.StoreRegionsAsync(reference.Regions, cancellation);
        await store.StoreFormerRegionsAsync(reference.Regions.History, cancellation);
    }
}
