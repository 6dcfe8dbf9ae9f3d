using System.Collections.Immutable;
using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Indicators.Clusters;
using ClusterPulse.Placement;
using ClusterPulse.Reference;

namespace ClusterPulse.Regions;

/// <summary>See <see cref="IStandingsGrain"/>. A second activation is harmless: it knows nothing until all have told it everything.</summary>
[RendezvousPlacement]
[GrainType("standings")]
public sealed class StandingsGrain(IFactStore store, IndicatorFormulas formulas, ReferenceData reference, TimeProvider time) : Grain, IStandingsGrain
{
    private static readonly TimeSpan PlacesPeriod = TimeSpan.FromSeconds(10);

    private readonly StandingsBook _book = new(formulas, time);
    private readonly string _activation = Guid.NewGuid().ToString("N");
    private IReadOnlyCollection<string> _expected = [];
    private long _readAt;

    public Task<string> OfferAsync(ImmutableArray<PlaceStanding> standings)
    {
        foreach (var standing in standings)
            _book.Take(standing);
        return Task.FromResult(_activation);
    }

    public async Task<StandingsTable?> GetTableAsync(string? stamp)
    {
        if (_readAt == 0 || time.GetElapsedTime(_readAt) >= PlacesPeriod)
        {
            _expected = [.. (await store.LoadPlacesAsync(CancellationToken.None)).Where(IsExpected)];
            _readAt = time.GetTimestamp();
        }
        return _book.NewerThan(stamp, _expected);
    }

    private bool IsExpected(string place) =>
        Places.IsRegion(place) && reference.Regions.TryGet(Places.Code(place), out var region) && Standings.Has(region.Level.Word())
        && region.Path[^1].Code == this.GetPrimaryKeyString();
}
