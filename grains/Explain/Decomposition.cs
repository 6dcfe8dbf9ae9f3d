using System.Collections.Immutable;
using ClusterPulse.Aggregation;
using ClusterPulse.Indicators;

namespace ClusterPulse.Explain;

/// <summary>Takes the change of a figure apart into contributions of pieces. By whatever method, they add up to the change.</summary>
/// <param name="months">Reads the figure.</param>
/// <param name="pieces">They add up to the place.</param>
internal sealed class Decomposition(TwoMonths months, IReadOnlyList<Piece> pieces)
{
    /// <summary>What counts as nothing beside the figure's size: rounding of doubles.</summary>
    private const double Nothing = 1e-12;

    /// <summary>Up to this the contributions add up: many small roundings.</summary>
    private const double Tolerance = 1e-9;

    /// <summary>Contributions of the pieces.</summary>
    /// <param name="preferred">The indicator's method.</param>
    /// <param name="then">Earlier value.</param>
    /// <param name="now">Later value.</param>
    public (ExplainMethod Method, ImmutableArray<ExplainedPart> Parts) Of(ExplainMethod preferred, double then, double now)
    {
        var (before, after) = (months.Read(Sides(pieces, months.Then)), months.Read(Sides(pieces, months.Now)));
        if (before?.Value is not { } thenValue || after?.Value is not { } nowValue)
            return (ExplainMethod.Shapley, [Whole(now - then)]);
        var (method, parts) = (preferred, preferred switch
        {
            ExplainMethod.Difference => Differences(),
            ExplainMethod.Ratio => Ratio(before, after),
            ExplainMethod.Herfindahl => Herfindahl(),
            _ => null,
        });
        // A piece can lack what its figure needs beside its own sums; the Shapley value asks for no figure of a piece alone.
        if (parts is null || !AddUp(parts, thenValue, nowValue))
            (method, parts) = (ExplainMethod.Shapley, Shapley(thenValue, nowValue));
        parts ??= [Whole(nowValue - thenValue)];
        // So far every month counted; the difference to the figures as they are is what incomplete months make.
        var reporting = now - then - (nowValue - thenValue);
        var size = parts.Aggregate(Math.Max(Math.Abs(then), Math.Abs(now)), (most, p) => Math.Max(most, Math.Abs(p.Contribution)));
        if (Math.Abs(reporting) > Tolerance * size)
            parts.Add(Part(new(PartKind.Reporting, "reporting", "数据完整性", "completeness of reporting", new()), reporting, [], []));
        return (method, [.. parts.Where(p => Math.Abs(p.Contribution) > Nothing * size)
            .OrderByDescending(p => Math.Abs(p.Contribution)).ThenBy(p => p.Name, StringComparer.Ordinal)]);
    }

    /// <summary>Of a sum.</summary>
    private List<ExplainedPart> Differences()
    {
        var parts = new List<ExplainedPart>();
        foreach (var (piece, then, now) in Figures())
        {
            var (before, after) = (then?.Value ?? 0, now?.Value ?? 0);
            parts.Add(Part(piece, after - before, [Value(before)], [Value(after)]));
        }
        return parts;

        Operand Value(double value) => new("value", value, months.Definition.Unit);
    }

    /// <summary>Of N ÷ D: ΔNᵢ (1/D₀ + 1/D₁)/2 is what a piece's numerator did, −ΔDᵢ (N₀ + N₁)/(2 D₀ D₁) what its denominator did.</summary>
    private List<ExplainedPart>? Ratio(Figure before, Figure after)
    {
        if (before.Operands is not [{ Value: var n0 }, { Value: var d0 }] || after.Operands is not [{ Value: var n1 }, { Value: var d1 }])
            return null;
        var parts = new List<ExplainedPart>();
        foreach (var (piece, then, now) in Figures())
        {
            var (thenOperands, nowOperands) = (Pair(then), Pair(now));
            var numerator = (nowOperands[0].Value - thenOperands[0].Value) * ((1 / d0) + (1 / d1)) / 2;
            var denominator = -(nowOperands[1].Value - thenOperands[1].Value) * (n0 + n1) / (2 * d0 * d1);
            parts.Add(Part(piece, numerator + denominator, thenOperands, nowOperands) with
            {
                NumeratorEffect = numerator,
                DenominatorEffect = denominator,
            });
        }
        return parts;

        ImmutableArray<Operand> Pair(Figure? figure) => figure is { Operands.Length: 2 }
            ? figure.Operands
            : [after.Operands[0] with { Value = 0 }, after.Operands[1] with { Value = 0 }];
    }

    /// <summary>Of Σ s²: (s₁ − s₀)(s₁ + s₀) for each share. The figure's last operand is the sum that shares are shares of.</summary>
    private List<ExplainedPart> Herfindahl()
    {
        var figures = Figures().ToList();
        var (then, now) = (figures.Sum(f => Weight(f.Then)), figures.Sum(f => Weight(f.Now)));
        var parts = new List<ExplainedPart>();
        foreach (var (piece, before, after) in figures)
        {
            var (s0, s1) = (Weight(before) / then, Weight(after) / now);
            parts.Add(Part(piece, (s1 - s0) * (s1 + s0), [new("share", s0, "ratio")], [new("share", s1, "ratio")]));
        }
        return parts;

        static double Weight(Figure? figure) => figure is { Value: not null, Operands: [.., var last] } ? last.Value : 0;
    }

    /// <summary>Of anything: those pieces of most effect each for itself, the others taken together.</summary>
    /// <returns>Null where the figure has no value for some set of pieces.</returns>
    private List<ExplainedPart>? Shapley(double then, double now) =>
        new ShapleyGame(months, pieces).Play(then, now)?.Select(p => Part(p.Piece, p.Value, [], [])).ToList();

    /// <summary>Of each piece alone.</summary>
    private IEnumerable<(Piece Piece, Figure? Then, Figure? Now)> Figures()
    {
        foreach (var piece in pieces)
            yield return (piece, months.Read(Sides([piece], months.Then)), months.Read(Sides([piece], months.Now)));
    }

    private Sides Sides(IEnumerable<Piece> some, Func<CellTable, IEnumerable<KeyValuePair<CellKey, long>>> at)
    {
        var sides = months.Empty();
        foreach (var piece in some)
        {
            foreach (var (key, amount) in at(piece.Cells))
                sides.Own.Add(key, amount);
            foreach (var (key, amount) in at(piece.Around))
                sides.Around.Add(key, amount);
        }
        return sides;
    }

    private static bool AddUp(List<ExplainedPart> parts, double then, double now)
    {
        var size = parts.Sum(p => Math.Abs(p.Contribution)) + Math.Abs(then) + Math.Abs(now);
        return Math.Abs(parts.Sum(p => p.Contribution) - (now - then)) <= Tolerance * size;
    }

    private static ExplainedPart Whole(double change) =>
        Part(new(PartKind.Undivided, "undivided", "未能分解", "not divisible", new()), change, [], []);

    private static ExplainedPart Part(Piece piece, double contribution, ImmutableArray<Operand> then, ImmutableArray<Operand> now) =>
        new(piece.Kind, piece.Name, piece.NameZh, piece.NameEn, contribution, null, null, then, now);
}
