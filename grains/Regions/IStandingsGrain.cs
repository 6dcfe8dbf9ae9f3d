using System.Collections.Immutable;
using ClusterPulse.Indicators.Clusters;
using ClusterPulse.Placement;

namespace ClusterPulse.Regions;

/// <summary>Where the regions of a nation stand among each other. Its key is the nation's code. What it holds is told anew by all silos
/// when it starts anew, so it stores nothing.</summary>
[Alias("ClusterPulse.IStandingsGrain")]
public interface IStandingsGrain : IGrainWithStringKey
{
    /// <summary>Takes what regions have now; of what is told of one region the newest counts.</summary>
    /// <returns>Differs between any two activations: who reads another one than before tells everything again.</returns>
    [Alias("Offer"), SafeToRepeat]
    Task<string> OfferAsync(ImmutableArray<PlaceStanding> standings);

    /// <summary>The newest table; null where the asker, who names the stamp of his, has it, or where not all regions are known yet.</summary>
    [Alias("GetTable"), SafeToRepeat]
    Task<StandingsTable?> GetTableAsync(string? stamp);
}

/// <summary>What a region has, for the standings.</summary>
/// <param name="Place">Its name.</param>
/// <param name="Activation">Differs between any two activations of the region.</param>
/// <param name="Revision">Goes up with each change of the cells, within one activation.</param>
/// <param name="Cells">See <see cref="Standings.PartOf"/>; encoded by <see cref="Aggregation.CellTable.Encode"/>.</param>
[GenerateSerializer, Immutable, Alias("ClusterPulse.PlaceStanding")]
public sealed record PlaceStanding(
    [property: Id(0)] string Place, [property: Id(1)] string Activation, [property: Id(2)] long Revision, [property: Id(3)] byte[] Cells);
