using System.Globalization;

namespace ClusterPulse.Explain;

/// <summary>What changed a figure most, in a few words of both languages: <c>昆山市 Kunshan −0.021; 吴江区 Wujiang −0.004</c>.</summary>
public static class ReasonText
{
    /// <summary>Parts that are named.</summary>
    private const int Most = 3;

    /// <summary>A part with less than this share of the greatest is no reason.</summary>
    private const double Least = 0.1;

    /// <summary>The parts that pulled the figure where it went, the greatest first. Sums are given as what the part adds to their
    /// growth, in percent of the earlier sum; anything else in the figure's own unit.</summary>
    /// <returns>Null where nothing changed that can be seen at this precision.</returns>
    public static string? Of(Explanation explanation)
    {
        if (explanation.Change is not { } change || change == 0)
            return null;
        var asGrowth = explanation is { Method: ExplainMethod.Difference, Then.Figure.Value: > 0 };
        var scale = asGrowth ? 100 / explanation.Then!.Figure.Value!.Value : 1;
        var with = explanation.Parts.Where(p => Math.Sign(p.Contribution) == Math.Sign(change)).ToList();
        var words = with.Where(p => Math.Abs(p.Contribution) >= Least * Math.Abs(with[0].Contribution)).Take(Most)
            .Select(p => (Part: p, Number: Number(p.Contribution * scale, asGrowth)))
            .Where(p => p.Number is not null)
            .Select(p => $"{Name(p.Part)} {p.Number}");
        var text = string.Join("; ", words);
        return text.Length == 0 ? null : text;
    }

    private static string Name(ExplainedPart part) => part.NameZh == part.NameEn ? part.NameZh : $"{part.NameZh} {part.NameEn}";

    private static string? Number(double value, bool asGrowth)
    {
        var rounded = Math.Round(Math.Abs(value), asGrowth ? 1 : 3, MidpointRounding.AwayFromZero);
        if (rounded == 0)
            return null;
        var sign = value < 0 ? "−" : "+";
        return sign + rounded.ToString(asGrowth ? "0.0 '%'" : "0.000", CultureInfo.InvariantCulture);
    }
}
