using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;

namespace ClusterPulse.Cli.Language;

/// <summary>What people read, in the language of their locale.</summary>
internal static class Words
{
    private const string Chinese = "zh-Hans";

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
    public static void TellLibraries()
    {
        if (AreChinese)
            AssemblyLoadContext.Default.Resolving += FindWords;
        CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentUICulture = new CultureInfo(AreChinese ? Chinese : "en");
    }

    /// <summary>Without the system's culture data the runtime asks for <c>zh-HANS</c>, which is not how the folder is written.</summary>
    private static Assembly? FindWords(AssemblyLoadContext context, AssemblyName name)
    {
        var file = Path.Combine(AppContext.BaseDirectory, Chinese, name.Name + ".dll");
        return Chinese.Equals(name.CultureName, StringComparison.OrdinalIgnoreCase) && File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
    }

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
