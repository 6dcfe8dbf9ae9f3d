using System.Collections.Immutable;
using ClusterPulse.Facts;
using ClusterPulse.Placement;
using ClusterPulse.Registry;

namespace ClusterPulse.Clusters;

/// <summary>See <see cref="IClusterRegisterGrain"/>.</summary>
[GrainType("cluster-register")]
[RendezvousPlacement]
public sealed class ClusterRegisterGrain(IFactStore store, Committer committer, SharedTablesSource tables) : Grain, IClusterRegisterGrain
{
    public async Task<ImmutableArray<ClusterDefinition>> ListDefinitionsAsync() => [.. (await NewestAsync()).Definitions.Values];

    public async Task<ClusterDefinition?> CreateDefinitionAsync(ClusterDefinition definition, string decidedBy)
    {
        var last = (await store.LoadClusterDefinitionsAsync(CancellationToken.None)).FirstOrDefault(d => d.Definition.Id == definition.Id);
        return last is { Deleted: false } ? null : await StoreAsync(definition, last?.Definition.Version ?? 0, deleted: false, decidedBy);
    }

    public async Task<ClusterDefinition?> UpdateDefinitionAsync(ClusterDefinition definition, string decidedBy) =>
        await ExistsAsync(definition.Id, definition.Version) ? await StoreAsync(definition, definition.Version, deleted: false, decidedBy) : null;

    public async Task<bool> DeleteDefinitionAsync(string id, long version, string decidedBy) =>
        (await NewestAsync()).Definitions.TryGetValue(id, out var definition) && definition.Version == version
        && await StoreAsync(definition, version, deleted: true, decidedBy) is not null;

    public async Task<ImmutableArray<ClusterWatch>> ListWatchesAsync() => (await NewestAsync()).Watches;

    public async Task<bool> WatchAsync(ClusterWatch watch, bool watched, string decidedBy, string reason)
    {
        var ticket = await committer.CommitAsync(new ClusterWatchSet(watch, watched, decidedBy, reason));
        await tables.RefreshAsync();
        return ticket.Applied;
    }

    private async Task<bool> ExistsAsync(string id, long version) =>
        (await NewestAsync()).Definitions.TryGetValue(id, out var held) && held.Version == version;

    private async Task<ClusterDefinition?> StoreAsync(ClusterDefinition definition, long before, bool deleted, string decidedBy)
    {
        var next = definition with { Version = before + 1 };
        var ticket = await committer.CommitAsync(new ClusterDefinitionSet(next, deleted, decidedBy));
        await tables.RefreshAsync();
        return ticket.Applied ? next : null;
    }

    /// <summary>What another silo stored a moment ago is there too.</summary>
    private async Task<ClusterRegister> NewestAsync()
    {
        await tables.RefreshAsync();
        return tables.Current.Clusters;
    }
}
