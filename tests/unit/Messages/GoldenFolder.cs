namespace ClusterPulse.UnitTests.Messages;

/// <summary>What messages looked like, one line for each version, the newest last. Lines are only ever added: a silo of the version
/// before may be running beside this one.</summary>
internal static class GoldenFolder
{
    private const string Variable = "CLUSTERPULSE_WRITE_GOLDEN";

    private static readonly string Folder = Path.Combine(Root(), "tests", "unit", "Messages", "golden");

    /// <summary>How to make or complete a file.</summary>
    public static string Advice(string file) =>
        $"If this is meant, run this test again with {Variable}=1: it adds the line to {Path.GetRelativePath(Root(), Path.Combine(Folder, file))}, which is checked in with the change.";

    public static IReadOnlyList<string> Read(string file)
    {
        var path = Path.Combine(Folder, file);
        return File.Exists(path) ? File.ReadAllLines(path) : [];
    }

    /// <summary>Adds lines where that has been asked for.</summary>
    public static void Offer(string file, params IReadOnlyCollection<string> missing)
    {
        if (missing.Count == 0 || Environment.GetEnvironmentVariable(Variable) != "1")
            return;
        Directory.CreateDirectory(Folder);
        File.AppendAllLines(Path.Combine(Folder, file), missing);
    }

    /// <summary>Aliases of which there are bytes.</summary>
    public static IEnumerable<string> Aliases() =>
        Directory.Exists(Folder) ? Directory.GetFiles(Folder, "*.hex").Select(f => Path.GetFileNameWithoutExtension(f)) : [];

    private static string Root()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "ClusterPulse.sln")))
            at = at.Parent ?? throw new DirectoryNotFoundException("the repository is not above the tests");
        return at.FullName;
    }
}
