using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>Weight of foreign-funded enterprises, of all or of hi-tech enterprises.</summary>
public sealed class ForeignShare : IIndicator
{
    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "foreign_share",
        NameZh = "外资占比",
        NameEn = "Foreign share",
        Unit = "ratio",
        Formula = "foreign-funded ÷ all: enterprises, output over W, employment, exports over W",
        Source = "Suzhou about 2004: 45 % of hi-tech enterprises",
        Labels = ["attribute", "industry", "measure"],
        Min = 0,
        Max = 1,
        Feeds = [Feed.Output, Feed.Export, Feed.Employment],
    };

    public bool IsGivenForClusters => true;

    public IEnumerable<Figure> At(CellView cells, Month period)
    {
        foreach (var (attribute, meant) in new (string, Func<string, bool>)[] { ("all", _ => true), ("hi_tech", Kinds.IsHiTech) })
        {
            bool Foreign(string kind) => meant(kind) && Kinds.IsForeignFunded(kind);
            yield return Named("enterprises", Share(cells.Active(period, Foreign), cells.Active(period, meant), "count"));
            yield return Named("output", Money(Measure.Output));
            yield return Named("employment", Share(
                cells.Sum(Measure.Employment, period, Foreign), cells.Sum(Measure.Employment, period, meant), "persons"));
            yield return Named("exports", Money(Measure.Export));

            Figure Money(Measure measure) => Of(cells, measure, period, meant);

            Figure Named(string measure, Figure figure) => figure.With("measure", measure).With("attribute", attribute);
        }
    }

    /// <summary>Of the output of all enterprises.</summary>
    internal static Figure OfOutput(CellView cells, Month period) => Of(cells, Measure.Output, period, _ => true);

    private static Figure Of(CellView cells, Measure measure, Month period, Func<string, bool> meant) =>
        cells.WindowMoney(measure, period, "CNY", kind => meant(kind) && Kinds.IsForeignFunded(kind)) is { } foreign
        && cells.WindowMoney(measure, period, "CNY", meant) is { } all
            ? Share(foreign, all, "CNY")
            : Figure.Not(Unavailable.NoRate);

    private static Figure Share(double foreign, double all, string unit) =>
        Figure.Ratio(new("foreign_funded", foreign, unit), new("all", all, unit));
}
