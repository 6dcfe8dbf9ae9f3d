using ClusterPulse.Facts;
using ClusterPulse.Ingest;
using ClusterPulse.Reference;

namespace ClusterPulse.Policies;

/// <summary>What a rival set must be.</summary>
public static class RivalRules
{
    /// <summary>Longest name in either language.</summary>
    public const int LongestName = 200;

    private const int LongestId = 60;

    /// <summary>Whether it can be the id of a set.</summary>
    public static bool IsId(string id) =>
        id.Length is > 0 and <= LongestId && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>What is wrong with a set; fields are named as in the API.</summary>
    /// <param name="set">The set.</param>
    /// <param name="others">All sets; one of the same id does not count.</param>
    /// <param name="reference">Regions, economies and industries.</param>
    public static IReadOnlyList<Violation> Check(RivalSet set, IEnumerable<RivalSet> others, ReferenceData reference)
    {
        var wrong = new List<Violation>();
        if (Math.Max(set.NameZh.Length, set.NameEn.Length) > LongestName)
            wrong.Add(new("display_name", "", Reasons.TooLong));
        if (set.Regions.Length < 2)
            wrong.Add(new("regions", string.Join(',', set.Regions), Reasons.TooFewRivals));
        if (set.Regions.Length > RivalSet.MostRegions)
            wrong.Add(new("regions", Count(set.Regions.Length), Reasons.TooMany));
        var taken = others.Where(o => o.Id != set.Id).SelectMany(o => o.Regions).ToHashSet(StringComparer.Ordinal);
        var known = new List<Region>();
        for (var i = 0; i < set.Regions.Length; i++)
        {
            if (WhyNot(set.Regions[i]) is { } reason)
                wrong.Add(new($"regions[{i}]", set.Regions[i], reason));
        }
        Codes("sources", set.Sources, code => reference.Economies.TryGet(code, out _), Reasons.UnknownEconomy);
        Codes("industries", set.Industries, reference.Industries.Classifies, Reasons.UnknownIndustry);
        return wrong;

        string? WhyNot(string code)
        {
            if (!reference.Regions.TryGet(code, out var region))
                return Reasons.UnknownRegion;
            var reason = region.Parent is null || (known.Count > 0 && Nation(known[0]) != Nation(region)) ? Reasons.RivalElsewhere
                : known.Exists(k => k.IsIn(region) || region.IsIn(k)) ? Reasons.RivalWithin
                : taken.Contains(code) ? Reasons.RivalTaken
                : null;
            known.Add(region);
            return reason;
        }

        void Codes(string field, IReadOnlyList<string> codes, Func<string, bool> isKnown, string reason)
        {
            if (codes.Count > RivalSet.MostWatched)
                wrong.Add(new(field, Count(codes.Count), Reasons.TooMany));
            for (var i = 0; i < codes.Count; i++)
            {
                if (!isKnown(codes[i]))
                    wrong.Add(new($"{field}[{i}]", codes[i], reason));
            }
        }
    }

    private static string Nation(Region region) => region.Path.Single(r => r.Parent is null).Code;

    private static string Count(int count) => count.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
