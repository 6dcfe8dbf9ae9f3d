using ClusterPulse.Cli.Language;
using ClusterPulse.Validation;

namespace ClusterPulse.Cli.Files;

/// <summary>The catalogue's words for a reason, in the language of the locale.</summary>
internal static class ReasonWords
{
    /// <summary>The rule and what to do.</summary>
    public static string Of(string reason)
    {
        var known = ReasonCatalogue.Find(reason);
        return Words.Of(known.RuleZh + known.AdviceZh, $"{known.RuleEn} {known.AdviceEn}");
    }
}
