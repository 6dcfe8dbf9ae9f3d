using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Reference;

namespace ClusterPulse.Cli.Indicators;

/// <summary>What the places of a folder of facts are compared with: the nation, the region above and
/// declared rivals, as the folder has them.</summary>
internal sealed class FactPeers(
    FactFolder facts, IReadOnlyDictionary<string, CellTable> cells, ReferenceData reference, IndicatorFormulas formulas, ExchangeRates rates)
{
    private readonly Dictionary<(string Place, Peer Peer), CellView> _views = [];

    private readonly IReadOnlyDictionary<string, RivalSet> _rivals = RivalSet.ByRegion(facts.RivalSets);

    public Surroundings Of(string place) => formulas.Around(place, Above(place), _rivals, View);

    private string? Above(string place)
    {
        var code = Places.Code(place);
        if (Places.IsEstate(place))
            return facts.Estates.TryGetValue(code, out var estate) ? Places.Region(estate.Region) : null;
        return reference.Regions.TryGet(code, out var region) && region.Parent is { } parent ? Places.Region(parent.Code) : null;
    }

    private CellView? View(string place, Peer peer)
    {
        if (!cells.TryGetValue(place, out var table))
            return null;
        if (!_views.TryGetValue((place, peer), out var view))
            _views.Add((place, peer), view = formulas.View(Denominators.Of(table, peer), rates, facts.Closed));
        return view;
    }
}
