using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>By how much the output of private enterprises grows faster than that of foreign-funded ones, year on year, of the
/// enterprises that reported both months.</summary>
public sealed class PrivateGrowthGap : IIndicator
{
    private const int Year = 12;

    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "private_growth_gap",
        NameZh = "民营与外资增速差",
        NameEn = "Growth gap of private enterprises",
        Unit = "ratio",
        Formula = "comparable year-on-year growth of output of private minus that of foreign-funded enterprises",
        Source = "section 3 of the paper",
        Feeds = [Feed.Output],
    };

    public int CellLevel => CellLevels.Second;

    public IEnumerable<Figure> At(CellView cells, Month period)
    {
        var privateNow = Money(Measure.OutputMatchedNow, IsPrivate, 0);
        var privateThen = Money(Measure.OutputMatchedThen, IsPrivate, Year);
        var foreignNow = Money(Measure.OutputMatchedNow, Kinds.IsForeignFunded, 0);
        var foreignThen = Money(Measure.OutputMatchedThen, Kinds.IsForeignFunded, Year);
        if (privateNow is not { } a || privateThen is not { } b || foreignNow is not { } c || foreignThen is not { } d)
            return [Figure.Not(Unavailable.NoRate)];
        Operand[] operands =
        [
            new("private_now", a, "CNY"), new("private_then", b, "CNY"), new("foreign_funded_now", c, "CNY"), new("foreign_funded_then", d, "CNY"),
        ];
        return [b <= 0 || d <= 0 ? Figure.Not(Unavailable.NoDenominator, [.. operands]) : Figure.Of((a / b) - (c / d), [.. operands])];

        double? Money(Measure measure, Func<string, bool> kind, int lag) => cells.Money(measure, period, period, "CNY", kind, lag);
    }

    private static bool IsPrivate(string kind) => kind.AsSpan().TrimEnd(Dimensions.HiTechMark).SequenceEqual(Ownership.Private.Word());
}
