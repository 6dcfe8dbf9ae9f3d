using ClusterPulse.Aggregation;
using ClusterPulse.Indicators;
using ClusterPulse.Reference;

namespace ClusterPulse.Cli.Indicators;

/// <summary>What the places of a folder of facts are compared with: the nation and the region above, as the folder has them.</summary>
internal sealed class FactPeers(
    FactFolder facts, IReadOnlyDictionary<string, CellTable> cells, ReferenceData reference, IndicatorFormulas formulas, ExchangeRates rates)
{
    private readonly Dictionary<(string Place, Peer Peer), CellView> _views = [];

    public Surroundings Of(string place)
    {
        var (nation, parent) = formulas.Peers(place, Above(place));
        return new(View(nation, Peer.Nation), View(parent, Peer.Parent))
        {
            NamedClusters = Places.IsRegion(place) ? facts.Clusters.Of(Places.Code(place)) : [],
        };
    }

    private string? Above(string place)
    {
        var code = Places.Code(place);
        if (Places.IsEstate(place))
            return facts.Estates.TryGetValue(code, out var estate) ? Places.Region(estate.Region) : null;
        return reference.Regions.TryGet(code, out var region) && region.Parent is { } parent ? Places.Region(parent.Code) : null;
    }

    private CellView? View(string? place, Peer peer)
    {
        if (place is null || !cells.TryGetValue(place, out var table))
            return null;
        if (!_views.TryGetValue((place, peer), out var view))
            _views.Add((place, peer), view = formulas.View(Denominators.Of(table, peer), rates, facts.Closed));
        return view;
    }
}
