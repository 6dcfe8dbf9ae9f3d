using ClusterPulse.Aggregation;
using ClusterPulse.Indicators;

namespace ClusterPulse.Regions;

/// <summary>What places below compare themselves with, on its way down.</summary>
/// <param name="Stamp">Differs between any two tables of a place.</param>
/// <param name="Cells">See <see cref="Denominators"/>; encoded by <see cref="CellTable.Encode"/>.</param>
[GenerateSerializer, Immutable, Alias("ClusterPulse.DenominatorTable")]
public sealed record DenominatorTable([property: Id(0)] string Stamp, [property: Id(1)] byte[] Cells)
{
    /// <summary>The cells, as a table of their own.</summary>
    public CellTable Open() => CellTable.Decode(Cells);
}

/// <summary>The denominators of one activation. They are made anew only when somebody asks, the cells have changed, and the last ones
/// are some seconds old: under load those of a nation would change with every commit.</summary>
internal sealed class OwnDenominators(TimeProvider time)
{
    private static readonly TimeSpan LeastAge = TimeSpan.FromSeconds(10);

    private readonly Dictionary<Peer, (long Revision, DateTimeOffset MadeAt, DenominatorTable Table)> _tables = [];

    /// <summary>The newest table; null where the asker has it.</summary>
    public DenominatorTable? NewerThan(string? stamp, Peer peer, Aggregator aggregator)
    {
        var now = time.GetUtcNow();
        if (!_tables.TryGetValue(peer, out var held) || (held.Revision != aggregator.Revision && now - held.MadeAt >= LeastAge))
            _tables[peer] = held = (aggregator.Revision, now, Make(aggregator, peer, now));
        return held.Table.Stamp == stamp ? null : held.Table;
    }

    private static DenominatorTable Make(Aggregator aggregator, Peer peer, DateTimeOffset now) =>
        new(FormattableString.Invariant($"{now.UtcTicks:x}.{aggregator.Revision:x}"), Denominators.Of(aggregator.Cells, peer).Encode());
}
