using System.Collections.Immutable;
using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;

namespace ClusterPulse.Explain;

/// <summary>The enterprises of a place as pieces of it: of each what it adds there, by the one contribution function.</summary>
/// <param name="query">What is to be explained.</param>
/// <param name="measures">Measures of which cells are needed.</param>
/// <param name="geography">Where regions and estates lie.</param>
public sealed class EnterprisePieces(ExplainQuery query, IReadOnlyCollection<Measure> measures, IGeography geography)
{
    /// <summary>Months before the earlier month that its figures of twelve months look back to.</summary>
    private const int Window = 11;

    private readonly List<Piece> _pieces = [];
    private readonly Dictionary<string, ImmutableArray<EnterpriseEvent>> _events = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _inside = new(StringComparer.Ordinal);
    private readonly HashSet<Measure> _measures = [.. measures];
    private readonly List<CellDelta> _deltas = [];

    internal IEnumerable<Piece> All => _pieces;

    /// <summary>The first month in which who was there counts.</summary>
    public static Month Since(ExplainQuery query) => query.From - Window;

    /// <summary>Adds one; it need not be a member.</summary>
    public void Add(EnterpriseState enterprise)
    {
        _deltas.Clear();
        new Contribution(enterprise, geography, 1, _deltas).All();
        var cells = new CellTable();
        foreach (var delta in _deltas)
        {
            if (delta.Key.Period <= query.To && _measures.Contains(delta.Key.Measure) && IsInside(delta.Place))
                cells.Add(delta.Key, delta.Amount);
        }
        var name = "enterprises/" + enterprise.Id;
        var profile = enterprise.ProfileAt(query.To) ?? enterprise.Profiles.FirstOrDefault();
        _pieces.Add(new(PartKind.Enterprise, name, Or(profile?.NameZh), Or(profile?.NameEn), cells));
        var events = new EnterpriseEvents(enterprise, p => p.Estate is { } estate && IsInside(Places.Estate(estate)) || IsInside(Places.Region(p.Region)));
        _events[name] = [.. events.Between(Since(query), query.To)];

        string Or(string? given) => given is { Length: > 0 } ? given : enterprise.Id;
    }

    /// <summary>Parts with what happened to the enterprises, of which the smaller ones are taken together.</summary>
    /// <param name="parts">The greatest first.</param>
    /// <param name="most">How many enterprises to name.</param>
    internal ImmutableArray<ExplainedPart> Name(ImmutableArray<ExplainedPart> parts, int most)
    {
        var named = parts.Where(p => p.Kind == PartKind.Enterprise).Take(most).Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        var (rest, shown) = (new List<ExplainedPart>(), new List<ExplainedPart>());
        foreach (var part in parts)
        {
            if (part.Kind == PartKind.Others || (part.Kind == PartKind.Enterprise && !named.Contains(part.Name)))
                rest.Add(part);
            else
                shown.Add(part.Kind == PartKind.Enterprise ? part with { Events = _events[part.Name] } : part);
        }
        if (rest.Count > 0)
            shown.Add(Together(rest));
        return [.. shown.OrderByDescending(p => Math.Abs(p.Contribution)).ThenBy(p => p.Name, StringComparer.Ordinal)];
    }

    private static ExplainedPart Together(List<ExplainedPart> parts)
    {
        return new(
            PartKind.Others, "others", "其余", "all others", parts.Sum(p => p.Contribution),
            Sum(p => p.NumeratorEffect), Sum(p => p.DenominatorEffect), Operands(p => p.Then), Operands(p => p.Now));

        double? Sum(Func<ExplainedPart, double?> effect) => parts.All(p => effect(p) is not null) ? parts.Sum(effect) : null;

        ImmutableArray<Operand> Operands(Func<ExplainedPart, ImmutableArray<Operand>> sums) =>
        [
            .. parts.SelectMany(p => sums(p)).GroupBy(o => (o.Name, o.Unit)).Select(o => new Operand(o.Key.Name, o.Sum(x => x.Value), o.Key.Unit)),
        ];
    }

    private bool IsInside(string place)
    {
        if (!_inside.TryGetValue(place, out var inside))
            _inside.Add(place, inside = geography.Path(place).Contains(query.Place));
        return inside;
    }
}
