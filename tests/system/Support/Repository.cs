namespace ClusterPulse.SystemTests.Support;

/// <summary>Files of the repository that tests check as they are deployed.</summary>
internal static class Repository
{
    public static string Folder(string path)
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "ClusterPulse.sln")))
            at = at.Parent ?? throw new DirectoryNotFoundException("the repository is not above the tests");
        return Path.Combine(at.FullName, path);
    }
}
