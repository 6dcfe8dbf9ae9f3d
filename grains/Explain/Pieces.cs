using ClusterPulse.Aggregation;
using ClusterPulse.Reference;
using ClusterPulse.Regions;

namespace ClusterPulse.Explain;

/// <summary>Takes the cells of a place apart into pieces that add up to it, cell by cell; what no piece holds is the remainder.</summary>
internal sealed class Pieces(PlaceCells whole, ReferenceData reference)
{
    private readonly SortedDictionary<string, Piece> _pieces = new(StringComparer.Ordinal);

    /// <summary>All pieces, in the order of their names.</summary>
    public static IReadOnlyList<Piece> Of(ExplainBy by, PlaceCells whole, IReadOnlyList<PlaceCells> places, ReferenceData reference)
    {
        var pieces = new Pieces(whole, reference);
        return by switch
        {
            ExplainBy.Children => pieces.Places(PartKind.Region, places, "下级区域以外", "in none of the regions below"),
            ExplainBy.Estates => pieces.Places(PartKind.Estate, places, "园区以外", "outside the estates"),
            ExplainBy.Industries => pieces.Industries(),
            ExplainBy.Sources => pieces.Sources(),
            ExplainBy.Operands => pieces.Operands(),
            _ => throw new ArgumentException($"'{by}' needs more than the cells of places", nameof(by)),
        };
    }

    /// <summary>Enterprises, and what is none of theirs: what others' purchases make their suppliers count here, what the place has itself.</summary>
    public static IReadOnlyList<Piece> Of(EnterprisePieces enterprises, PlaceCells whole, ReferenceData reference)
    {
        var pieces = new Pieces(whole, reference);
        foreach (var piece in enterprises.All)
            pieces._pieces.Add(piece.Name, piece);
        return pieces.WithRemainder("非所列企业", "of no enterprise that was here");
    }

    private List<Piece> Places(PartKind kind, IReadOnlyList<PlaceCells> places, string restZh, string restEn)
    {
        foreach (var place in places)
        {
            var piece = new Piece(kind, place.Place, place.NameZh, place.NameEn, new());
            _pieces.Add(place.Place, piece);
            foreach (var (key, amount) in place.Cells)
                piece.Cells.Add(key, amount);
        }
        if (kind == PartKind.Estate)
        {
            // Which of its estates are linked is counted by the region alone.
            foreach (var (key, amount) in whole.Cells)
            {
                if (key.Measure == Measure.EstateLinked && _pieces.TryGetValue(Aggregation.Places.Estate(key.Dimension), out var estate))
                    estate.Cells.Add(key, amount);
            }
        }
        return WithRemainder(restZh, restEn);
    }

    private List<Piece> Industries()
    {
        foreach (var (key, amount) in whole.Cells)
        {
            if (key.Industry.Length == 0)
                continue;
            var cells = Industry(IndustryScheme.Division(key.Industry)).Cells;
            cells.Add(key, amount);
            if (HasTotal(key.Measure))
                cells.Add(new(key.Measure, key.Dimension, key.Period), amount);
        }
        return WithRemainder("未分行业", "not kept by industry");
    }

    private List<Piece> Sources()
    {
        foreach (var (key, amount) in whole.Cells)
        {
            if (key.Measure is Measure.Fdi or Measure.FdiByIndustry or Measure.FdiUltimate)
                Source(Dimensions.SplitCurrency(key.Dimension).Head).Cells.Add(key, amount);
        }
        return WithRemainder("未分来源地", "not kept by source");
    }

    private List<Piece> Operands()
    {
        foreach (var (key, amount) in whole.Cells)
        {
            var (name, zh, en) = CellGroups.Of(key);
            Get(PartKind.Operand, name, zh, en).Cells.Add(key, amount);
        }
        return [.. _pieces.Values];
    }

    /// <summary>Its cells are kept by division and for all industries together.</summary>
    private static bool HasTotal(Measure measure) => measure is Measure.Active or Measure.Output or Measure.Export or Measure.Employment;

    private Piece Industry(string code) => reference.Industries.TryGet(code, out var industry)
        ? Get(PartKind.Industry, code, industry.NameZh, industry.NameEn)
        : Get(PartKind.Industry, code, code, code);

    private Piece Source(string code) => reference.Economies.TryGet(code, out var economy)
        ? Get(PartKind.Source, code, economy.NameZh, economy.NameEn)
        : Get(PartKind.Source, code, code, code);

    private Piece Get(PartKind kind, string name, string zh, string en)
    {
        if (!_pieces.TryGetValue(name, out var piece))
            _pieces.Add(name, piece = new(kind, name, zh, en, new()));
        return piece;
    }

    private List<Piece> WithRemainder(string zh, string en)
    {
        var rest = new CellTable();
        foreach (var (key, amount) in whole.Cells)
            rest.Add(key, amount);
        foreach (var piece in _pieces.Values)
        {
            foreach (var (key, amount) in piece.Cells.NonZero())
                rest.Add(key, -amount);
        }
        return [.. _pieces.Values, new(PartKind.Remainder, "remainder", zh, en, rest)];
    }
}
