using System.Globalization;

namespace ClusterPulse.Cli.Language;

/// <summary>What people read, in the language of their locale.</summary>
internal static class Words
{
    /// <summary>Environment variables that name the locale, the first that is set counts; the first of them is ours alone.</summary>
    private static readonly string[] Variables = ["CLUSTERPULSE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"];

    private static readonly bool LocaleIsChinese = Variables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(v => v is { Length: > 0 })
        ?.StartsWith("zh", StringComparison.OrdinalIgnoreCase) == true;

    private static readonly AsyncLocal<bool?> Chosen = new();

    /// <summary>The locale is Chinese.</summary>
    public static bool AreChinese => Chosen.Value ?? LocaleIsChinese;

    /// <summary>One of two texts that say the same.</summary>
    public static string Of(string zh, string en) => AreChinese ? zh : en;

    /// <summary>Makes the words of libraries follow too.</summary>
    public static void TellLibraries() =>
        CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentUICulture = new CultureInfo(AreChinese ? "zh-Hans" : "en");

    /// <summary>What <paramref name="make"/> makes in a language, whatever the locale is.</summary>
    public static T In<T>(bool chinese, Func<T> make)
    {
        var before = Chosen.Value;
        Chosen.Value = chinese;
        try
        {
            return make();
        }
        finally
        {
            Chosen.Value = before;
        }
    }
}
