using System.Security.Cryptography;
using ClusterPulse.Aggregation;
using ClusterPulse.Indicators;
using ClusterPulse.Indicators.Clusters;

namespace ClusterPulse.Regions;

/// <summary>The newest that each region told, and the table made of it: anew only where something has changed, the last one is some
/// seconds old, and every region that must be in it is known.</summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class StandingsBook(IndicatorFormulas formulas, TimeProvider time)
{
    private static readonly TimeSpan LeastAge = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, Entry> _newest = new(StringComparer.Ordinal);
    private StandingsTable? _table;
    private DateTimeOffset _madeAt;
    private long _changes;
    private long _madeOf;

    /// <summary>Takes what a region has. Of one activation what is older than what is held, or the same, changes nothing; between two the
    /// one that was told last counts, since the clocks of their silos need not agree.</summary>
    public void Take(PlaceStanding standing)
    {
        var hash = SHA256.HashData(standing.Cells);
        if (_newest.TryGetValue(standing.Place, out var held))
        {
            if (standing.Activation == held.Activation && standing.Revision <= held.Revision)
                return;
            if (hash.AsSpan().SequenceEqual(held.Hash))
            {
                _newest[standing.Place] = held with { Activation = standing.Activation, Revision = standing.Revision };
                return;
            }
        }
        if (formulas.Standing(standing.Place, CellTable.Decode(standing.Cells)) is not { } region)
            return;
        _newest[standing.Place] = new(standing.Activation, standing.Revision, hash, region);
        _changes++;
    }

    /// <summary>The newest table.</summary>
    /// <param name="stamp">Of the table that the asker has.</param>
    /// <param name="expected">Regions that must be in it.</param>
    /// <returns>Null where the asker has it, or there is none yet.</returns>
    public StandingsTable? NewerThan(string? stamp, IReadOnlyCollection<string> expected)
    {
        var now = time.GetUtcNow();
        if (_madeOf != _changes && (_table is null || now - _madeAt >= LeastAge) && expected.Count > 0 && expected.All(_newest.ContainsKey))
        {
            (_madeAt, _madeOf) = (now, _changes);
            _table = Standings.Of(FormattableString.Invariant($"{now.UtcTicks:x}.{_changes:x}"), _newest.Values.Select(e => e.Region));
        }
        return _table?.Stamp == stamp ? null : _table;
    }

    private sealed record Entry(string Activation, long Revision, byte[] Hash, RegionStanding Region);
}
