using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Reference;

namespace ClusterPulse.Indicators.Clusters;

/// <summary>A region's part in the standings.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Level">nation, province, prefecture, county.</param>
/// <param name="Above">Codes of the regions that it lies in, the nation last.</param>
/// <param name="Cells">See <see cref="Standings.PartOf"/>.</param>
public sealed record RegionStanding(string Code, string Level, IReadOnlyList<string> Above, CellTable Cells)
{
    /// <summary>Code of its nation.</summary>
    public string Nation => Above.Count == 0 ? Code : Above[^1];
}

/// <summary>Makes the table of a nation from what each of its regions has.</summary>
public static class Standings
{
    public const string Nation = "nation";
    public const string Province = "province";
    public const string Prefecture = "prefecture";
    private const string County = "county";

    /// <summary>One region in so many is among the first.</summary>
    private const int Tenth = 10;

    /// <summary>Whether regions of a level stand in the standings: towns are too many, and hardly any is large enough for a cluster.</summary>
    public static bool Has(string level) => level is Nation or Province or Prefecture or County;

    /// <summary>The part of a region's cells that its standing is made of.</summary>
    public static CellTable PartOf(CellTable cells, string level)
    {
        var part = new CellPart(cells);
        part.Copy(Measure.Active, "", d => d);
        foreach (var feed in level == Nation ? [Feed.Output, Feed.Export, Feed.Employment, Feed.Fdi] : (ReadOnlySpan<Feed>)[Feed.Employment])
            part.CopyReporting(feed);
        part.CopyDivisions(Measure.Employment);
        if (level != Prefecture)
            return part.Cells;
        foreach (var measure in (Measure[])[Measure.Output, Measure.Export])
        {
            foreach (var division in cells.Industries(measure))
                part.CopyTotals(measure, division);
        }
        foreach (var industry in cells.Industries(Measure.FdiByIndustry))
            part.CopyTotals(Measure.FdiByIndustry, industry, IndustryScheme.Division(industry));
        return part.Cells;
    }

    /// <summary>The table.</summary>
    /// <param name="stamp">See <see cref="StandingsTable.Stamp"/>.</param>
    /// <param name="standings">All regions of one nation above the towns, itself included.</param>
    public static StandingsTable Of(string stamp, IEnumerable<RegionStanding> standings)
    {
        // In one order, so that the last digit is the same whoever makes it.
        var regions = standings.OrderBy(s => s.Code, StringComparer.Ordinal).Select(s => new Ranked(s)).ToList();
        var nation = regions.Single(r => r.Standing.Level == Nation);
        var prefectures = regions.Where(r => r.Standing.Level == Prefecture).ToList();
        var table = new StandingsTable(
            stamp,
            nation.Standing.Cells.Encode(),
            [.. regions.Where(r => r != nation).GroupBy(r => r.Standing.Level).SelectMany(level => CutOffs(level.Key, [.. level]))],
            [.. regions.Where(r => r.Standing.Level is Nation or Province).SelectMany(r => Spreads(r.Standing.Code, prefectures))],
            []);
        var open = new OpenStandings(table, View);
        return table with { Clusters = [.. prefectures.Select(p => Clustered(p.Standing, open)).OfType<ClusteredPrefecture>()] };
    }

    private static IEnumerable<LevelMonth> CutOffs(string level, List<Ranked> regions)
    {
        foreach (var month in Months(regions))
        {
            var count = regions.Count(r => r.IsActive(month));
            var rank = (count + Tenth - 1) / Tenth;
            var rivals = new SortedDictionary<string, List<(long Persons, double Share)>>(StringComparer.Ordinal);
            foreach (var region in regions)
            {
                var all = region.All(month);
                foreach (var (division, series) in region.Divisions)
                {
                    if (series[month] <= 0)
                        continue;
                    if (!rivals.TryGetValue(division, out var some))
                        rivals.Add(division, some = []);
                    some.Add((series[month], (double)series[month] / all));
                }
            }
            yield return new(level, month, count, [.. rivals
                .Where(r => r.Value.Any(v => v.Persons >= Stars.LeastPersons))
                .Select(r => new CutOff(r.Key, OfRank(r.Value, v => v.Persons, rank), OfRank(r.Value, v => v.Share, rank)))]);
        }
    }

    private static T OfRank<T>(List<(long Persons, double Share)> rivals, Func<(long Persons, double Share), T> value, int rank)
        where T : struct =>
        rivals.Count < rank ? default : rivals.Select(value).OrderDescending().ElementAt(Math.Max(rank, 1) - 1);

    private static IEnumerable<SpreadMonth> Spreads(string upper, List<Ranked> all)
    {
        var prefectures = all.Where(p => p.Standing.Above.Contains(upper)).ToList();
        foreach (var month in Months(prefectures))
        {
            double every = prefectures.Sum(p => p.All(month));
            if (every <= 0)
                continue;
            var shares = prefectures.Select(p => p.All(month) / every).ToList();
            var persons = new SortedDictionary<string, double[]>(StringComparer.Ordinal);
            for (var i = 0; i < prefectures.Count; i++)
            {
                foreach (var (division, series) in prefectures[i].Divisions)
                {
                    if (!persons.TryGetValue(division, out var own))
                        persons.Add(division, own = new double[prefectures.Count]);
                    own[i] = series[month];
                }
            }
            yield return new(
                upper, month, prefectures.Count(p => p.IsActive(month)), shares.Sum(x => x * x),
                [.. persons.Where(d => d.Value.Sum() > 0).Select(d => new DivisionSpread(d.Key, G(d.Value, shares)))]);
        }
    }

    private static double G(double[] persons, List<double> shares)
    {
        var all = persons.Sum();
        return shares.Select((x, i) => (persons[i] / all) - x).Sum(d => d * d);
    }

    private static ClusteredPrefecture? Clustered(RegionStanding standing, OpenStandings open)
    {
        var view = new CellView(standing.Cells, ExchangeRates.None, _ => 0, NothingClosed)
        {
            Around = Surroundings.None with { Standings = open.Of(standing.Code, standing.Level) },
        };
        if (view.Clusters.Spans.IsEmpty)
            return null;
        var part = new CellPart(standing.Cells);
        foreach (var division in view.Clusters.Spans.Select(s => s.Division).Distinct(StringComparer.Ordinal))
        {
            foreach (var measure in (Measure[])[Measure.Employment, Measure.Output, Measure.Export, Measure.FdiByIndustry])
                part.Copy(measure, division, d => d);
        }
        return new(standing.Code, [.. standing.Above], view.Clusters.Spans, part.Cells.Encode());
    }

    private static IEnumerable<Month> Months(List<Ranked> regions)
    {
        var dated = regions.Where(r => r.Span is not null).Select(r => r.Span!.Value).ToList();
        if (dated.Count == 0)
            yield break;
        var last = dated.Max(s => s.Last);
        for (var month = dated.Min(s => s.First); month <= last; month += 1)
            yield return month;
    }

    private static readonly HashSet<(Feed, Month)> NothingClosed = [];

    private static CellView View(CellTable cells) => new(cells, ExchangeRates.None, _ => 0, NothingClosed);

    /// <summary>A region whose employment is read again and again.</summary>
    private sealed class Ranked
    {
        private readonly CellView _view;
        private readonly PeriodSeries? _all;
        private readonly Dictionary<Month, bool> _active = [];

        public Ranked(RegionStanding standing)
        {
            Standing = standing;
            _view = View(standing.Cells);
            _all = standing.Cells.Of(Measure.Employment).Values.SingleOrDefault();
            Divisions = [.. standing.Cells.Industries(Measure.Employment)
                .Select(d => (d, standing.Cells.Of(Measure.Employment, d).Values.Single())).OrderBy(d => d.d, StringComparer.Ordinal)];
        }

        public RegionStanding Standing { get; }

        /// <summary>Employment by division, of all kinds of enterprises.</summary>
        public List<(string Division, PeriodSeries Persons)> Divisions { get; }

        /// <summary>Months with employment; null where there are none.</summary>
        public (Month First, Month Last)? Span => _all is null ? null : (_all.First, _all.Last);

        public long All(Month month) => _all?[month] ?? 0;

        public bool IsActive(Month month)
        {
            ref var active = ref CollectionsMarshal.GetValueRefOrAddDefault(_active, month, out var known);
            return known ? active : active = _view.Active(month) > 0;
        }
    }
}
