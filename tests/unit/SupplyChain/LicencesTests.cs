using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace ClusterPulse.UnitTests.SupplyChain;

/// <summary><c>docs/licences.md</c> is of what the lock files say, and of licences that the project may ship.</summary>
public sealed partial class LicencesTests
{
    private static readonly string[] Programs = ["silo", "gateway", "cli"];

    private static readonly HashSet<string> Free = new(StringComparer.Ordinal) { "MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "PostgreSQL", "MS-PL", "ISC" };

    [Fact]
    public void Every_package_of_the_programs_is_listed_with_its_version_and_no_other_is() =>
        Assert.Equal(Locked().Order(StringComparer.Ordinal), Rows().Select(r => $"{r.Groups["name"].Value} {r.Groups["version"].Value}").Order(StringComparer.Ordinal));

    [Fact]
    public void Every_licence_is_one_of_those_that_bind_nobody_who_runs_it() => Assert.All(
        Rows(), row => Assert.True(row.Groups["licence"].Value.Split(" or ").Any(Free.Contains), $"{row.Groups["name"].Value} is {row.Groups["licence"].Value}"));

    private static HashSet<string> Locked()
    {
        var packages = new HashSet<string>(StringComparer.Ordinal);
        foreach (var program in Programs)
        {
            using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root(), program, "packages.lock.json")));
            foreach (var package in file.RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(f => f.Value.EnumerateObject()))
            {
                if (package.Value.TryGetProperty("resolved", out var version))
                    packages.Add($"{package.Name} {version.GetString()}");
            }
        }
        Assert.NotEmpty(packages);
        return packages;
    }

    private static MatchCollection Rows() => Row().Matches(File.ReadAllText(Path.Combine(Root(), "docs", "licences.md")));

    private static string Root()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "ClusterPulse.sln")))
            at = at.Parent ?? throw new DirectoryNotFoundException("the repository is not above the tests");
        return at.FullName;
    }

    [GeneratedRegex(@"^\| `(?<name>[^`]+)` \| (?<version>\S+) \| (?<licence>[^|]+?) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
