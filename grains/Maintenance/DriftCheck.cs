using System.Collections.Immutable;
using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using Microsoft.Extensions.Logging;

namespace ClusterPulse.Maintenance;

/// <summary>
/// Anti-entropy: what each live place says about its members, against one grouped reading of the facts, exactly at the cut of
/// that reading. It proves that nothing was lost or counted twice; a difference is an error somewhere.
/// </summary>
public sealed partial class DriftCheck(
    IFactStore store, IGeography geography, IGrainFactory grains, PulseMetrics metrics, MaintenanceGauges gauges, ILogger<DriftCheck> logger)
{
    private const int Parallel = 8;

    /// <summary>Places that differ, highest first; each difference is counted and logged with both values.</summary>
    public async Task<IReadOnlyList<string>> FindAsync(CancellationToken cancellation)
    {
        var census = await store.TakeCensusAsync(cancellation);
        var expected = new Dictionary<string, MemberSums>(StringComparer.Ordinal);
        foreach (var place in await store.LoadPlacesAsync(cancellation))
            expected[place] = default;
        foreach (var (leaf, members) in census.Places)
        {
            foreach (var place in geography.Path(leaf))
                expected[place] = expected.GetValueOrDefault(place) + members;
        }
        var positions = census.Positions.Positions.ToImmutableDictionary();
        var drifted = new List<string>();
        var most = 0L;
        foreach (var some in expected.Chunk(Parallel))
        {
            var live = await Task.WhenAll(some.Select(p => AtCutAsync(p.Key, positions, cancellation)));
            for (var i = 0; i < some.Length; i++)
            {
                var (place, members) = some[i];
                if (live[i] is not { } found || found == members)
                    continue;
                metrics.Drifted();
                LogDrift(place, members, found);
                drifted.Add(place);
                // As many members but not the same, or of another version: one at least.
                most = Math.Max(most, Math.Max(1, Math.Abs(found.Members - members.Members)));
            }
        }
        gauges.Checked(most);
        metrics.CheckedDrift();
        // One subtree, once: what lies below a place that differs is made anew with it.
        return [.. drifted.OrderBy(p => p.Length).Where(p => !geography.Path(p).Any(above => above != p && drifted.Contains(above)))];
    }

    /// <summary>What a live place held at the positions; null where the log that tells is gone already.</summary>
    private async Task<MemberSums?> AtCutAsync(string place, ImmutableDictionary<int, long> positions, CancellationToken cancellation)
    {
        var probe = await grains.PlaceGrain(place).ProbeAsync(positions);
        var members = probe.Sums;
        foreach (var (writer, known) in probe.Known)
        {
            var cut = positions.GetValueOrDefault(writer);
            if (known <= cut)
                continue;
            // It has gone on since: take off what came after the cut.
            var later = await store.ReadMissingAsync(place, writer, cut, known, cancellation);
            if (later.Floor > cut)
                return null;
            foreach (var entry in later.Entries)
                members -= MemberSums.In(entry.Sums);
        }
        return members;
    }

    [LoggerMessage(LogLevel.Error, "Drift in {Place}: facts say {Expected}, the place says {Live}; making it anew")]
    private partial void LogDrift(string place, MemberSums expected, MemberSums live);
}
