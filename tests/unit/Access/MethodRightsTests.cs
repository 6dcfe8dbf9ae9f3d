using System.Text;
using ClusterPulse.Access;
using ClusterPulse.Gateway.Rights;
using ClusterPulse.V1;
using Google.Protobuf.Reflection;
using Grpc.Health.V1;
using Xunit;

namespace ClusterPulse.UnitTests.Access;

/// <summary>The table of methods is whole, speaks of fields that exist, and is what the page shows.</summary>
public sealed class MethodRightsTests
{
    private static readonly Roles[] EachRole = [Roles.Bureau, Roles.Centre, Roles.Viewer, Roles.Operator, Roles.Scraper];

    private static IEnumerable<FileDescriptor> Files => typeof(ReportingServiceReflection).Assembly.GetTypes()
        .Where(t => t.Name.EndsWith("Reflection", StringComparison.Ordinal) && t.Namespace == "ClusterPulse.V1")
        .Select(t => (FileDescriptor)t.GetProperty("Descriptor")!.GetValue(null)!)
        .Append(HealthReflection.Descriptor);

    private static IEnumerable<MethodDescriptor> Methods => Files.SelectMany(f => f.Services).SelectMany(s => s.Methods);

    [Fact]
    public void Every_method_of_every_service_has_its_row()
    {
        var without = Methods.Select(m => $"/{m.Service.FullName}/{m.Name}").Where(m => MethodRights.Find(m) is null).ToList();

        Assert.True(without.Count == 0,
            "These methods are closed to everybody, since they have no row in gateway/Rights/MethodRights.cs. Add one each "
            + "(who may call it, and by Scope what its request may name) and the same row to docs/access.md:\n" + string.Join('\n', without));
    }

    [Fact]
    public void No_row_speaks_of_a_method_that_is_not_there()
    {
        var names = Methods.Select(m => $"{m.Service.FullName}/{m.Name}").ToHashSet(StringComparer.Ordinal);

        Assert.All(MethodRights.All.Where(r => !r.Method.Contains("reflection", StringComparison.Ordinal)),
            r => Assert.True(names.Contains(r.Method) || names.Contains("clusterpulse.v1." + r.Method), r.Method));
    }

    [Fact]
    public void Rows_go_by_fields_that_the_requests_have()
    {
        foreach (var method in Methods)
        {
            if (MethodRights.Find($"/{method.Service.FullName}/{method.Name}") is not { } row)
                continue;
            Assert.All(row.Scopes.SelectMany(s => new[] { s.Field, s.Period }).Where(f => f.Length > 0),
                field => Assert.True(RequestFields.Has(method.InputType, field), $"{row.Method}: {field}"));
        }
    }

    [Fact]
    public void Every_row_opens_something_to_somebody_and_figures_never_to_operators_or_scrapers()
    {
        Assert.All(MethodRights.All, r => Assert.True(r.Right.Public != (r.Right.Roles != Roles.None), r.Method));
        Assert.All(
            MethodRights.All.Where(r => r.Method.StartsWith("IndicatorService/", StringComparison.Ordinal) && r.Method != "IndicatorService/ListIndicators"
                || r.Method.StartsWith("WatchService/", StringComparison.Ordinal) || r.Method.StartsWith("ReportingService/", StringComparison.Ordinal)),
            r =>
            {
                Assert.Equal(Roles.None, r.Right.Roles & (Roles.Operator | Roles.Scraper));
                Assert.NotEmpty(r.Scopes);
            });
        Assert.All(MethodRights.All.Where(r => r.Method.StartsWith("AdminService/", StringComparison.Ordinal)), r => Assert.Equal(Roles.Operator, r.Right.Roles));
    }

    [Fact]
    public void A_request_says_what_its_path_names()
    {
        var request = new QueryObservationsRequest { Names = { "regions/3205,regions/3305", "estates/sip" } };
        Assert.Equal(["regions/3205", "regions/3305", "estates/sip"], RequestFields.Read(request, "names"));
        Assert.Equal(["regions/32"], RequestFields.Read(new UpdateEnterpriseRequest { Enterprise = new() { Region = "regions/32" } }, "enterprise.region"));
        Assert.Empty(RequestFields.Read(new UpdateEnterpriseRequest(), "enterprise.region"));
        Assert.Throws<ArgumentException>(() => RequestFields.Read(request, "nothing"));
    }

    [Fact]
    public void The_page_shows_the_same_rows()
    {
        var page = File.ReadAllText(Page());
        var rows = MethodRights.All.Select(Row).Concat(PathRights.All.Select(Row)).ToList();

        Assert.All(rows, row => Assert.True(page.Contains(row, StringComparison.Ordinal), $"docs/access.md lacks this row:\n{row}"));
        Assert.Equal(rows.Count, page.Split('\n').Count(line => line.StartsWith("| `", StringComparison.Ordinal)));
    }

    /// <summary>The row of the page: a mark for each role.</summary>
    private static string Row(MethodRight right) => Row(right.Method, right.Right, string.Join("; ", right.Scopes.Select(Words)));

    private static string Row(PathRight right) => Row(right.Path, right.Right, right.Scope);

    private static string Row(string what, EntryRight right, string scope)
    {
        var row = new StringBuilder($"| `{what}` |");
        foreach (var role in EachRole)
            row.Append(right.Public || (right.Roles & role) != 0 ? " ✓ |" : " |");
        return row.Append(right.Public ? " ✓ |" : " |").Append($" {scope} |").ToString();
    }

    private static string Words(Scope scope) => scope.Kind switch
    {
        ScopeKind.Bureau => $"`{scope.Field}` own bureau",
        ScopeKind.BureauIfNamed => $"`{scope.Field}` own bureau if given",
        ScopeKind.Place => $"`{scope.Field}` within own divisions",
        ScopeKind.PlaceIfNamed => $"`{scope.Field}` within own divisions if given",
        ScopeKind.Within => $"`{scope.Field}` within own divisions, left out only with `*`",
        ScopeKind.BureauOrPlace => $"`{scope.Field}` own bureau or within own divisions",
        ScopeKind.Enterprise => $"`{scope.Field}` was ever in own divisions",
        ScopeKind.WrittenEnterprise => $"`{scope.Field}` in own divisions in `{scope.Period}`, or new",
        ScopeKind.Report => $"`{scope.Field}` in own divisions in its period",
        ScopeKind.WrittenReport => $"`{scope.Field}` own feed, in own divisions in its period",
        ScopeKind.Everywhere => "divisions `*`",
        ScopeKind.Firms => "bureau, or level Enterprise",
        _ => throw new ArgumentOutOfRangeException(nameof(scope)),
    };

    private static string Page()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ClusterPulse.sln")))
                return Path.Combine(folder.FullName, "docs", "access.md");
        }
        throw new FileNotFoundException("the tests do not run inside the repository");
    }
}
