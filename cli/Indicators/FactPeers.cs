using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Indicators.Clusters;
using ClusterPulse.Reference;

namespace ClusterPulse.Cli.Indicators;

/// <summary>What the places of a folder of facts are compared with: the nation, the region above and
/// declared rivals, as the folder has them.</summary>
internal sealed class FactPeers(
    FactFolder facts, IReadOnlyDictionary<string, CellTable> cells, ReferenceData reference, IndicatorFormulas formulas, ExchangeRates rates)
{
    private readonly Dictionary<(string Place, Peer Peer), CellView> _views = [];
    private readonly IReadOnlyDictionary<string, RivalSet> _rivals = RivalSet.ByRegion(facts.RivalSets);
    private Dictionary<string, OpenStandings>? _standings;

    public Surroundings Of(string place) => formulas.Around(place, Above(place), _rivals, View) with
    {
        Standings = StandingsOf(place),
        NamedClusters = Places.IsRegion(place) ? facts.Clusters.Of(Places.Code(place)) : [],
    };

    private StandingsView? StandingsOf(string place)
    {
        _standings ??= cells
            .Select(c => Places.IsRegion(c.Key) && reference.Regions.TryGet(Places.Code(c.Key), out var region)
                ? formulas.Standing(c.Key, Standings.PartOf(c.Value, region.Level.Word()))
                : null)
            .OfType<RegionStanding>()
            .GroupBy(r => r.Nation, StringComparer.Ordinal)
            .ToDictionary(n => n.Key, n => formulas.Open(Standings.Of("", n), rates, facts.Closed), StringComparer.Ordinal);
        return Places.IsRegion(place) && reference.Regions.TryGet(Places.Code(place), out var found)
            ? _standings[found.Path[^1].Code].Of(found.Code, found.Level.Word())
            : null;
    }

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
