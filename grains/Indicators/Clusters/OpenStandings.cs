using System.Collections.Frozen;
using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators.Clusters;

/// <summary>A table of standings as formulas read it; all places of a silo share one.</summary>
public sealed class OpenStandings
{
    private readonly FrozenDictionary<(string Level, Month Period), (int Regions, FrozenDictionary<string, CutOff> Divisions)> _levels;
    private readonly FrozenDictionary<(string Code, Month Period), SpreadMonth> _spreads;

    public OpenStandings(StandingsTable table, Func<CellTable, CellView> view)
    {
        _levels = table.Levels.ToFrozenDictionary(
            l => (l.Level, l.Period), l => (l.Regions, l.Divisions.ToFrozenDictionary(d => d.Division, StringComparer.Ordinal)));
        _spreads = table.Spreads.ToFrozenDictionary(s => (s.Code, s.Period));
        Nation = view(CellTable.Decode(table.Nation));
        Clustered = [.. table.Clusters.Select(c => new ClusteredView(c, view(CellTable.Decode(c.Cells))))];
    }

    /// <summary>The nation's part.</summary>
    public CellView Nation { get; }

    /// <summary>Prefectures that ever had a recognised cluster.</summary>
    public IReadOnlyList<ClusteredView> Clustered { get; }

    /// <summary>As one region sees it; null for a level that has no standings.</summary>
    public StandingsView? Of(string code, string level) => Standings.Has(level) ? new(this, code, level) : null;

    internal (int Regions, FrozenDictionary<string, CutOff> Divisions)? LevelIn(string level, Month period) =>
        _levels.TryGetValue((level, period), out var found) ? found : null;

    internal SpreadMonth? SpreadIn(string code, Month period) => _spreads.GetValueOrDefault((code, period));
}

/// <summary>A prefecture that ever had a recognised cluster.</summary>
/// <param name="Prefecture">Its clusters.</param>
/// <param name="Cells">Its cells of these industries.</param>
public sealed record ClusteredView(ClusteredPrefecture Prefecture, CellView Cells)
{
    /// <summary>Its clusters of a month.</summary>
    public IEnumerable<string> At(Month period) => Prefecture.Spans.Where(s => s.Covers(period)).Select(s => s.Division);
}

/// <summary>The standings as one region sees them.</summary>
public sealed class StandingsView(OpenStandings all, string code, string level)
{
    /// <summary>The nation, at the moment of the table.</summary>
    public CellView Nation => all.Nation;

    /// <summary>The region is the nation, which has no others to stand among.</summary>
    public bool IsNation => level == Standings.Nation;

    /// <summary>It is looked at through its prefectures: a nation or province.</summary>
    public bool IsAbovePrefectures => level is Standings.Nation or Standings.Province;

    /// <summary>Regions of its level with an active enterprise in a month; 0 where the table does not have the month.</summary>
    public int Regions(Month period) => all.LevelIn(level, period)?.Regions ?? 0;

    /// <summary>What it takes to be among the first; null where no region of the level has enough of the industry.</summary>
    public CutOff? CutOff(Month period, string division) =>
        all.LevelIn(level, period) is { } found && found.Divisions.TryGetValue(division, out var cutOff) ? cutOff : null;

    /// <summary>How industries are spread over its prefectures; null where nobody is employed there.</summary>
    public SpreadMonth? Spread(Month period) => all.SpreadIn(code, period);

    /// <summary>Prefectures in it that ever had a recognised cluster.</summary>
    public IEnumerable<ClusteredView> Prefectures => all.Clustered.Where(c => c.Prefecture.Above.Contains(code));
}
