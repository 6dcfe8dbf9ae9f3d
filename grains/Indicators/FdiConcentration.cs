using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>Herfindahl–Hirschman index of the sources of FDI.</summary>
public sealed class FdiSourceHhi : IIndicator
{
    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "fdi_source_hhi",
        NameZh = "外资来源集中度（HHI）",
        NameEn = "FDI source concentration (HHI)",
        Unit = "index",
        Formula = "Σ s², s = source's share of utilised FDI over W",
        Source = "Herfindahl; Hirschman 1964",
        Labels = ["basis"],
        Min = 0,
        Max = 1,
        Feeds = [Feed.Fdi],
    };

    public IEnumerable<Figure> At(CellView cells, Month period) =>
        SourceShares.ByBasis(cells, period, s => Figure.Of(s.Hhi, new("sources", s.Count, "count"), new("fdi_usd", s.Total, "USD")));
}

/// <summary>Rise of the index over twelve months.</summary>
public sealed class FdiSourceHhiChange : IIndicator
{
    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "fdi_source_hhi_change",
        NameZh = "外资来源集中度变化",
        NameEn = "Change of FDI source concentration",
        Unit = "index",
        Formula = "HHI(p) − HHI(p−12)",
        Source = "ClusterPulse",
        Labels = ["basis", "span"],
        Min = -1,
        Max = 1,
        Feeds = [Feed.Fdi],
    };

    public IEnumerable<Figure> At(CellView cells, Month period)
    {
        var hasWindow = cells.Completeness(Feed.Fdi).Months.ContainsKey(period - 23);
        foreach (var (basis, measure) in SourceShares.Bases)
            yield return Of(measure).With("basis", basis).With("span", "12");

        Figure Of(Aggregation.Measure measure)
        {
            if (!hasWindow)
                return Figure.Not(Unavailable.NotApplicable);
            var now = SourceShares.Of(cells, measure, period, out var reason);
            if (now is null)
                return Figure.Not(reason);
            var then = SourceShares.Of(cells, measure, period - 12, out reason);
            return then is null
                ? Figure.Not(reason)
                : Figure.Of(now.Hhi - then.Hhi, new("hhi_now", now.Hhi, "index"), new("hhi_then", then.Hhi, "index"));
        }
    }
}

/// <summary>The index between equal shares (0) and one source (1).</summary>
public sealed class FdiSourceHhiNormalised : IIndicator
{
    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "fdi_source_hhi_normalised",
        NameZh = "外资来源集中度（标准化）",
        NameEn = "FDI source concentration, normalised",
        Unit = "index",
        Formula = "(HHI − 1/N) ÷ (1 − 1/N), N sources with s > 0; 1 where N = 1",
        Source = "Hirschman 1964",
        Labels = ["basis"],
        Min = 0,
        Max = 1,
        Feeds = [Feed.Fdi],
    };

    public IEnumerable<Figure> At(CellView cells, Month period) =>
        SourceShares.ByBasis(cells, period, s => Figure.Of(s.NormalisedHhi, new("hhi", s.Hhi, "index"), new("sources", s.Count, "count")));
}

/// <summary>How many equally large sources would give the same index.</summary>
public sealed class FdiEffectiveSources : IIndicator
{
    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "fdi_effective_sources",
        NameZh = "外资有效来源数",
        NameEn = "Effective number of FDI sources",
        Unit = "count",
        Formula = "1 ÷ HHI",
        Source = "Hirschman 1964",
        Labels = ["basis"],
        Min = 1,
        Feeds = [Feed.Fdi],
    };

    public IEnumerable<Figure> At(CellView cells, Month period) =>
        SourceShares.ByBasis(cells, period, s => Figure.Of(1 / s.Hhi, new Operand("hhi", s.Hhi, "index")));
}

/// <summary>Share of the largest source.</summary>
public sealed class FdiTopSourceShare : IIndicator
{
    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "fdi_top_source_share",
        NameZh = "最大外资来源占比",
        NameEn = "Share of the top FDI source",
        Unit = "ratio",
        Formula = "max s over W",
        Source = "Suzhou about 2004: Taiwan",
        Labels = ["basis", "source"],
        Min = 0,
        Max = 1,
        Feeds = [Feed.Fdi],
    };

    public IEnumerable<Figure> At(CellView cells, Month period) => SourceShares.ByBasis(cells, period, s =>
    {
        var (source, share) = s.Top;
        return Figure.Of(share, new Operand("fdi_usd", s.Total, "USD")).With("source", source);
    });
}
