using System.Collections.Immutable;
using ClusterPulse.Facts;
using Orleans.Concurrency;

namespace ClusterPulse.Maintenance;

/// <summary>Reads the vintages.</summary>
[StatelessWorker]
[GrainType("history")]
public sealed class HistoryGrain(IFactStore store) : Grain, IHistoryGrain
{
    public async Task<ImmutableArray<StoredVintage>> QueryAsync(HistoryQuery query) =>
        [.. await store.QueryVintagesAsync(query, CancellationToken.None)];
}
