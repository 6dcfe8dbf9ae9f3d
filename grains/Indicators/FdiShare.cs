using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>A place's share of the FDI of several, the place among them: of all FDI, or of that from one source or into one industry.</summary>
/// <param name="All">Whose FDI together is the whole.</param>
/// <param name="Whole">The whole's name in operands.</param>
/// <param name="Source">ISO 3166 alpha-2; null: all.</param>
/// <param name="Industry">GB/T 4754, with all codes that begin with it; null: all.</param>
internal sealed record FdiShare(IReadOnlyList<CellView> All, string Whole, string? Source = null, string? Industry = null)
{
    /// <summary>Months between the two windows that are compared.</summary>
    public const int Span = 12;

    /// <summary>Shares are looked at no further back than this.</summary>
    public const int Most = 12;

    /// <summary>Every share that is looked at: among siblings one, among rivals also those by what the set watches.</summary>
    public static IEnumerable<FdiShare> Of(CellView cells, Peer among)
    {
        var all = cells.Around.Of(among);
        if (all.Count == 0)
            yield break;
        if (among != Peer.Rivals)
        {
            yield return new(all, "fdi_of_parent");
            yield break;
        }
        var set = cells.Around.Rivals!.Set;
        foreach (var source in set.Sources.Cast<string?>().Prepend(null))
        {
            foreach (var industry in set.Industries.Cast<string?>().Prepend(null))
                yield return new(all, "fdi_of_rivals", source, industry);
        }
    }

    /// <summary>Share over the twelve months up to one, minus that over the twelve months before these.</summary>
    public Figure Change(CellView cells, Month period)
    {
        if (!GoesBack(period - Span - 11))
            return Labelled(Figure.Not(Unavailable.NotApplicable));
        if (Fdi(cells, period) is not { } now || Together(period) is not { } allNow
            || Fdi(cells, period - Span) is not { } then || Together(period - Span) is not { } allThen)
        {
            return Labelled(Figure.Not(Unavailable.NoRate));
        }
        Operand[] operands =
            [new("fdi_now", now, "USD"), new(Whole + "_now", allNow, "USD"), new("fdi_then", then, "USD"), new(Whole + "_then", allThen, "USD")];
        return Labelled(allNow <= 0 || allThen <= 0
            ? Figure.Not(Unavailable.NoDenominator, [.. operands])
            : Figure.Of((now / allNow) - (then / allThen), [.. operands]));
    }

    /// <summary>For how many complete months running, up to one, the change has been negative.</summary>
    public Figure LosingPeriods(CellView cells, Month period)
    {
        var newest = Change(cells, period);
        if (newest.Value is null)
            return newest;
        var months = 0;
        while (months < Most && IsComplete(cells, period - months) && All.All(v => IsComplete(v, period - months))
            && Change(cells, period - months).Value < 0)
        {
            months++;
        }
        return newest with { Value = months };
    }

    // Where nobody has to report, nothing is missing.
    private static bool IsComplete(CellView view, Month month) =>
        view.Completeness(Feed.Fdi).Months.Count == 0 || view.Completeness(Feed.Fdi).IsComplete(month);

    /// <summary>Whether reports go back to a month: some do, and nobody who had to report then is without any.</summary>
    private bool GoesBack(Month month)
    {
        var any = false;
        foreach (var view in All)
        {
            var completeness = view.Completeness(Feed.Fdi);
            if (completeness.Months.ContainsKey(month))
                any = true;
            else if (completeness.At(month).Expected > 0)
                return false;
        }
        return any;
    }

    private double? Together(Month period)
    {
        var sum = 0d;
        foreach (var view in All)
        {
            if (Fdi(view, period) is not { } own)
                return null;
            sum += own;
        }
        return sum;
    }

    private double? Fdi(CellView view, Month period)
    {
        Func<string, bool>? meant = Source is null ? null : head => head == Source;
        if (Industry is null)
            return view.WindowMoney(Measure.Fdi, period, "USD", meant);
        var sum = 0d;
        foreach (var code in view.Industries(Measure.FdiByIndustry).Where(c => c.StartsWith(Industry, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            if (view.WindowMoney(Measure.FdiByIndustry, period, "USD", meant, code) is not { } part)
                return null;
            sum += part;
        }
        return sum;
    }

    private Figure Labelled(Figure figure)
    {
        figure = figure.With("among", Whole == "fdi_of_rivals" ? "rivals" : "siblings");
        if (Source is not null)
            figure = figure.With("source", Source);
        return Industry is null ? figure : figure.With("industry", Industry);
    }
}
