namespace ClusterPulse.Cli.Language;

/// <summary>What people read, in the language of their locale.</summary>
internal static class Words
{
    /// <summary>Environment variables that name the locale, the first that is set counts; the first of them is ours alone.</summary>
    private static readonly string[] Variables = ["CLUSTERPULSE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"];

    /// <summary>The locale is Chinese.</summary>
    public static bool AreChinese { get; } = Variables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(v => v is { Length: > 0 })
        ?.StartsWith("zh", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>One of two texts that say the same.</summary>
    public static string Of(string zh, string en) => AreChinese ? zh : en;
}
