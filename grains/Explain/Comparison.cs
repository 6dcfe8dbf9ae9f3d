using ClusterPulse.Aggregation;
using ClusterPulse.Indicators;

namespace ClusterPulse.Explain;

/// <summary>
/// Parts of a figure that compares a place with the nation or the region above. These hold the place itself, so each of its pieces
/// is a piece of them too and changes both at once; what is left of them is one piece more: what happened elsewhere.
/// </summary>
internal static class Comparison
{
    /// <summary>The pieces, as parts of both.</summary>
    /// <param name="pieces">Pieces that add up to the place.</param>
    /// <param name="peer">Whom it is compared with.</param>
    /// <param name="around">Their cells, see <see cref="Denominators"/>.</param>
    public static IReadOnlyList<Piece> With(IReadOnlyList<Piece> pieces, Peer peer, CellTable around)
    {
        var elsewhere = new CellTable();
        foreach (var (key, amount) in around.NonZero())
            elsewhere.Add(key, amount);
        var both = new List<Piece>(pieces.Count + 1);
        foreach (var piece in pieces)
        {
            var part = Denominators.Of(piece.Cells, peer);
            foreach (var (key, amount) in part.NonZero())
                elsewhere.Add(key, -amount);
            both.Add(piece with { Around = part });
        }
        var (zh, en) = peer == Peer.Nation ? ("全国其他地区", "elsewhere in the nation") : ("同一上级的其他地区", "the regions beside it");
        both.Add(new(PartKind.Elsewhere, "elsewhere", zh, en, new()) { Around = elsewhere });
        return both;
    }
}
