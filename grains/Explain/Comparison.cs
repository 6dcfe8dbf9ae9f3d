using System.Collections.Immutable;
using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Reference;

namespace ClusterPulse.Explain;

/// <summary>
/// Parts of a figure that compares a place with others: the nation, the region above it or its declared rivals. These hold the place
/// itself, so each of its pieces is a piece of them too and changes both at once. What is left is elsewhere: of a nation or a region
/// above one piece more, of rivals one for each.
/// </summary>
/// <param name="Peer">Whom the place is compared with.</param>
/// <param name="Others">
/// What they give for the comparison, see <see cref="Denominators"/>, by place: the nation's or the parent's own, the place in it; of
/// rivals those of the other ones.
/// </param>
public sealed record Comparison(Peer Peer, ImmutableArray<(string Place, CellTable Cells)> Others)
{
    /// <summary>The place's rival set; null where the comparison is with somebody else.</summary>
    public RivalSet? Set { get; init; }

    /// <summary>The surroundings that make the figures be those of the comparison.</summary>
    /// <param name="own">Cells of the place.</param>
    /// <param name="view">What cells show.</param>
    public Surroundings Around(CellTable own, Func<CellTable, CellView> view) => Peer switch
    {
        Peer.Nation => Surroundings.None with { Nation = view(Others[0].Cells) },
        Peer.Parent => Surroundings.None with { Parent = view(Others[0].Cells) },
        _ => AmongRivals(Set!, [view(Denominators.Of(own, Peer)), .. Others.Select(o => view(o.Cells))]),
    };

    /// <summary>The same where all with whom the place is compared are taken together.</summary>
    /// <param name="all">What they show, the place in it.</param>
    public Surroundings Around(CellView all) => Peer switch
    {
        Peer.Nation => Surroundings.None with { Nation = all },
        Peer.Parent => Surroundings.None with { Parent = all },
        _ => AmongRivals(Set!, [all]),
    };

    /// <summary>Pieces of a place as parts of both, and what is elsewhere.</summary>
    /// <param name="pieces">Pieces that add up to the place.</param>
    /// <param name="reference">Names the regions.</param>
    internal IReadOnlyList<Piece> With(IReadOnlyList<Piece> pieces, ReferenceData reference)
    {
        var both = new List<Piece>(pieces.Count + Others.Length);
        both.AddRange(pieces.Select(p => p with { Around = Denominators.Of(p.Cells, Peer) }));
        if (Peer == Peer.Rivals)
            both.AddRange(Others.Select(o => Rival(o.Place, o.Cells, reference)));
        else
            both.Add(Elsewhere(both));
        return both;
    }

    private Piece Elsewhere(List<Piece> own)
    {
        var rest = new CellTable();
        foreach (var (key, amount) in Others[0].Cells.NonZero())
            rest.Add(key, amount);
        foreach (var (key, amount) in own.SelectMany(p => p.Around.NonZero()))
            rest.Add(key, -amount);
        var (zh, en) = Peer == Peer.Nation ? ("全国其他地区", "elsewhere in the nation") : ("同一上级的其他地区", "the regions beside it");
        return new(PartKind.Elsewhere, "elsewhere", zh, en, new()) { Around = rest };
    }

    private static Piece Rival(string place, CellTable cells, ReferenceData reference) =>
        reference.Regions.TryGet(Places.Code(place), out var region)
            ? new(PartKind.Elsewhere, place, region.NameZh, region.NameEn, new()) { Around = cells }
            : new(PartKind.Elsewhere, place, place, place, new()) { Around = cells };

    private static Surroundings AmongRivals(RivalSet set, ImmutableArray<CellView> regions) =>
        Surroundings.None with { Rivals = new(set, regions) };
}
