using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>
/// How far a place has come from enterprises side by side to a cluster: a state for each stage, 1 for the one that it is in. A stage is
/// left only when the evidence is clearly beyond its border, so that it does not flicker.
/// </summary>
public sealed class Stage : IIndicator
{
    /// <summary>Below this linkage rate: enterprise cluster.</summary>
    public const double EnterpriseBelow = 0.15;

    /// <summary>From this linkage rate on, unless it falls: industry cluster.</summary>
    public const double IndustryFrom = 0.4;

    /// <summary>A change of the rate over twelve months from which on it does not count as falling.</summary>
    public const double SteadyFrom = -0.02;

    /// <summary>From this concentration of industries on an estate can be a function district.</summary>
    public const double FunctionHhiFrom = 0.4;

    /// <summary>From this linkage rate on an estate can be a function district.</summary>
    public const double FunctionRateFrom = 0.3;

    /// <summary>How far beyond its border the evidence must be for the place to leave its stage.</summary>
    public const double Beyond = 0.02;

    private static readonly string[] OfRegions = ["enterprise_cluster", "transition", "industry_cluster"];
    private static readonly string[] OfEstates = ["policy_district", "function_district"];

    /// <summary>What a month says.</summary>
    /// <param name="Rate">Local linkage rate.</param>
    /// <param name="Second">Of a region the change of the rate over twelve months, null where it is not known; of an estate the
    /// concentration of industries.</param>
    private readonly record struct Evidence(double Rate, double? Second);

    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "stage",
        NameZh = "发展阶段",
        NameEn = "Stage",
        Unit = "index",
        Formula = "enterprise_cluster: linkage rate < 0.15; industry_cluster: ≥ 0.4 and change over 12 months ≥ −0.02; else transition. "
            + "Estates: function_district: industry HHI ≥ 0.4 and linkage rate ≥ 0.3; else policy_district. Left when 0.02 beyond",
        Source = "sections 2.2.2 and 3 of the paper",
        Labels = ["industry", "stage"],
        Min = 0,
        Max = 1,
        Feeds = [Feed.Linkage, Feed.Employment],
    };

    public bool IsGivenForClusters => true;

    public IEnumerable<Figure> At(CellView cells, Month period)
    {
        var stages = cells.IsEstate ? OfEstates : OfRegions;
        var walk = Walk(cells, period);
        if (Of(cells, period, out var reason) is not { } now || walk.Count == 0)
            return stages.Select(s => Figure.Not(reason).With("stage", s));
        var held = walk[^1].Stage;
        var since = walk[walk.FindLastIndex(m => m.Stage != held) + 1].Month;
        List<Operand> operands = [new("local_linkage_ratio", now.Rate, "ratio")];
        if (now.Second is { } second)
            operands.Add(new(cells.IsEstate ? "industry_hhi" : "local_linkage_change", second, cells.IsEstate ? "index" : "ratio"));
        operands.Add(new("months_in_stage", period - since + 1, "count"));
        return stages.Select((s, i) => Figure.Of(i == held ? 1 : 0, [.. operands]).With("stage", s));
    }

    /// <summary>The stage in each month that says something, up to one; 0 is the lowest.</summary>
    internal static List<(Month Month, int Stage)> Walk(CellView cells, Month period)
    {
        var walk = new List<(Month, int)>();
        int? stage = null;
        foreach (var month in cells.Completeness(Feed.Linkage).Months.Keys)
        {
            if (month > period || (month != period && !IsComplete(cells, month)) || Of(cells, month, out _) is not { } said)
                continue;
            stage = cells.IsEstate ? NextOfEstate(stage, said) : NextOfRegion(stage, said);
            if (stage is { } held)
                walk.Add((month, held));
        }
        return walk;
    }

    /// <summary>Whether a month says anything, or why not.</summary>
    internal static bool Says(CellView cells, Month month, out Unavailable reason) => Of(cells, month, out reason) is not null;

    private static bool IsComplete(CellView cells, Month month) =>
        cells.Completeness(Feed.Linkage).IsComplete(month) && (!cells.IsEstate || cells.Completeness(Feed.Employment).IsComplete(month));

    /// <summary>Null, with the reason, where a month says nothing: without a full window of reports the rate is low for want of data,
    /// not of links.</summary>
    private static Evidence? Of(CellView cells, Month month, out Unavailable reason)
    {
        reason = Unavailable.NotApplicable;
        if (!cells.Completeness(Feed.Linkage).Months.ContainsKey(month - (LinkSpans.Window - 1)))
            return null;
        var rate = LocalLinkageRatio.Of(cells, month);
        var second = cells.IsEstate ? IndustryHhi.Of(cells, month) : LocalLinkageChange.Of(cells, month, LinkSpans.Window);
        if (rate.Value is { } value && (second.Value is not null || !cells.IsEstate))
            return new(value, second.Value);
        reason = Unavailable.NoDenominator;
        return null;
    }

    private static int? NextOfRegion(int? stage, Evidence said)
    {
        var (rate, change) = said;
        // A high rate says nothing before it is known whether it falls.
        if (change is null && rate >= IndustryFrom)
            return stage;
        var hasLeft = stage switch
        {
            0 => rate > EnterpriseBelow + Beyond,
            1 => rate < EnterpriseBelow - Beyond || (rate > IndustryFrom + Beyond && change >= SteadyFrom + Beyond),
            2 => rate < IndustryFrom - Beyond || change < SteadyFrom - Beyond,
            _ => true,
        };
        return !hasLeft ? stage : rate < EnterpriseBelow ? 0 : rate >= IndustryFrom && change >= SteadyFrom ? 2 : 1;
    }

    private static int? NextOfEstate(int? stage, Evidence said)
    {
        var (rate, hhi) = said;
        var hasLeft = stage switch
        {
            0 => hhi > FunctionHhiFrom + Beyond && rate > FunctionRateFrom + Beyond,
            1 => hhi < FunctionHhiFrom - Beyond || rate < FunctionRateFrom - Beyond,
            _ => true,
        };
        return !hasLeft ? stage : hhi >= FunctionHhiFrom && rate >= FunctionRateFrom ? 1 : 0;
    }
}
