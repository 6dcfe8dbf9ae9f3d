using System.Collections.Immutable;

namespace ClusterPulse.Demo.Firms;

/// <summary>From which economies investors come, with weights.</summary>
internal sealed record SourceMix(ImmutableArray<string> Economies, ImmutableArray<int> Weights)
{
    public static SourceMix Taiwanese { get; } = new(
        ["TW", "HK", "JP", "US", "KR", "SG", "VG", "WS", "MY", "NL"], [62, 12, 6, 5, 2, 3, 5, 3, 1, 1]);

    public static SourceMix Park { get; } = new(
        ["TW", "SG", "US", "HK", "KR", "JP", "DE", "VG", "GB", "FR"], [30, 17, 14, 12, 12, 7, 3, 3, 1, 1]);

    public static SourceMix Japanese { get; } = new(
        ["TW", "JP", "US", "HK", "DE", "KR", "SG", "VG", "NL"], [33, 32, 9, 10, 4, 4, 3, 4, 1]);

    public static SourceMix European { get; } = new(
        ["TW", "DE", "HK", "US", "JP", "GB", "FR", "NL", "KR", "SG"], [32, 20, 14, 9, 8, 4, 4, 3, 3, 3]);

    public static SourceMix Coastal { get; } = new(
        ["TW", "HK", "JP", "KR", "US", "SG", "VG", "DE", "MY", "WS"], [33, 22, 14, 11, 7, 4, 4, 2, 2, 1]);

    /// <summary>Share of each source in Suzhou's investment of 2003, in percent.</summary>
    public static SourceMix Suzhou { get; } = new(
        ["TW", "HK", "JP", "US", "KR", "SG", "VG", "DE", "WS", "MY", "NL", "GB", "FR"],
        [42, 14, 11, 8, 7, 6, 4, 3, 1, 1, 1, 1, 1]);

    /// <summary>Wenzhou's few investors come from many places, overseas Wenzhou people in Europe among them.</summary>
    public static SourceMix Wenzhou { get; } = new(
        ["HK", "US", "IT", "FR", "SG", "KR", "JP", "TW", "DE"], [20, 15, 13, 11, 10, 9, 8, 8, 6]);

    public static SourceMix Dongguan { get; } = new(["TW", "HK", "JP", "US", "KR", "VG", "SG", "WS"], [54, 25, 6, 4, 3, 5, 2, 1]);

    /// <summary>Guangdong without Dongguan: Hong Kong comes first by far.</summary>
    public static SourceMix Guangdong { get; } = new(
        ["HK", "TW", "JP", "US", "VG", "SG", "KR", "MO", "DE", "FR"], [56, 12, 9, 6, 6, 3, 3, 2, 2, 1]);

    public static SourceMix Italy { get; } = new(["DE", "FR", "US", "CH", "GB", "NL", "JP"], [25, 20, 18, 12, 10, 8, 7]);

    /// <summary>Hong Kong, Macao and Taiwan are a category of their own in the ownership statistics.</summary>
    public static V1.Ownership OwnershipOf(string economy) =>
        economy is "HK" or "MO" or "TW" ? V1.Ownership.Hmt : V1.Ownership.Foreign;
}
