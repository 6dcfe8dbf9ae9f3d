using System.Collections.Immutable;

namespace ClusterPulse.Indicators.Clusters;

/// <summary>One industry, or a set of them, of a place.</summary>
/// <param name="Label">Value of the label <c>industry</c>: an industry's code, or the id of a definition.</param>
/// <param name="Codes">GB/T 4754 codes of two to four digits, none inside another.</param>
public sealed record NamedCluster(string Label, ImmutableArray<string> Codes)
{
    /// <summary>Label that cluster figures carry.</summary>
    public const string LabelName = "industry";

    public static NamedCluster OfIndustry(string code) => new(code, [code]);

    /// <summary>Whether a label is an industry's code: ids of definitions begin with a small letter.</summary>
    public static bool IsIndustry(string label) => label.Length > 0 && !char.IsAsciiLetterLower(label[0]);
}
