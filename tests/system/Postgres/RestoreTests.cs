using System.Globalization;
using ClusterPulse.Facts;
using ClusterPulse.Silo.Postgres;
using ClusterPulse.SystemTests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Xunit;

namespace ClusterPulse.SystemTests.Postgres;

/// <summary>A server that is destroyed and restored to a moment: facts, commit log and checkpoints are of that moment too.</summary>
public sealed class RestoreTests
{
    private const int Enterprises = 30;
    private const string Moment = "noon";
    private static readonly string[] Places = ["regions/CN", "regions/32", "regions/3205", "regions/320583", "regions/330304"];

    [Fact]
    public async Task A_server_restored_to_a_moment_has_its_figures_and_goes_on()
    {
        await using var server = await PostgresServer.StartAsync();
        await server.ArchiveAsync();
        var connectionString = await server.CreateDatabaseAsync("clusterpulse");
        await using (var database = new PostgresDatabase(Options.Create(new PostgresOptions { ConnectionString = connectionString })))
            await new PostgresSchema(database, NullLogger<PostgresSchema>.Instance).MigrateAsync(default);
        List<string> atNoon;
        long storedAtNoon;
        await using (var cluster = await InProcessCluster.StartAsync(connectionString, 2))
        {
            await cluster.RegisterAsync(Enumerable.Range(0, Enterprises).Select(i => (Name(i), Rows.Profile(i % 2 == 0 ? "320583" : "330304", i % 3 == 0 ? Ownership.Foreign : Ownership.Private))));
            await ReportAsync(cluster, "2004-10", 1);
            await cluster.Maintenance.CycleAsync();
            await server.BackUpAsync();
            // Beyond the base backup: checkpoints of some of it, the log of the rest, and revisions.
            await ReportAsync(cluster, "2004-11", 2);
            await cluster.Maintenance.CycleAsync();
            await ReportAsync(cluster, "2004-12", 3);
            await ReportAsync(cluster, "2004-10", 4);
            atNoon = await FiguresAsync(cluster);
            storedAtNoon = await StoredAsync(server);
            await server.ExecuteAsync("postgres", $"SELECT pg_create_restore_point('{Moment}')");
            // What is to be undone.
            await ReportAsync(cluster, "2004-09", 5);
            await ReportAsync(cluster, "2004-12", 6);
            Assert.NotEqual(atNoon, await FiguresAsync(cluster));
            await server.ExecuteAsync("postgres", "SELECT pg_switch_wal()");
        }

        await server.RestoreAsync(Moment);

        Assert.Equal(storedAtNoon, await StoredAsync(server));
        await using var again = await InProcessCluster.StartAsync(connectionString, 2);
        Assert.Equal(atNoon, await FiguresAsync(again));
        await AssertAuditAsync(again);
        // It takes what is sent again, and counts it once.
        await ReportAsync(again, "2004-12", 6);
        await ReportAsync(again, "2004-12", 6);
        await AssertAuditAsync(again);
    }

    private static async Task ReportAsync(InProcessCluster cluster, string period, int factor)
    {
        var answer = await cluster.ReportAsync("b", [.. Enumerable.Range(0, Enterprises).Select(i => Rows.Money(i, Name(i), Feed.Output, period, (i + 1) * 100L * factor))]);
        Assert.Equal(0, answer.Rejected);
    }

    private static async Task<List<string>> FiguresAsync(InProcessCluster cluster)
    {
        var figures = new List<string>();
        foreach (var place in Places)
        {
            foreach (var month in (Month[])[new(2004, 9), new(2004, 10), new(2004, 11), new(2004, 12)])
            {
                figures.AddRange((await cluster.HealthAsync(place, month)).Figures.Where(f => f.Indicator.StartsWith("output", StringComparison.Ordinal))
                    .Select(f => string.Create(CultureInfo.InvariantCulture, $"{place} {month} {f.Indicator} {f.Figure.Labels} {f.Figure.Value:R} {f.Coverage:R}")));
            }
        }
        Assert.NotEmpty(figures);
        return figures;
    }

    private static async Task AssertAuditAsync(InProcessCluster cluster)
    {
        Assert.Equal(0, await cluster.Maintenance.CheckDriftAsync());
        var audit = await cluster.Maintenance.AuditAsync(null);
        Assert.True(audit.Cells > 0);
        Assert.True(audit.Differences == 0, string.Join('\n', audit.Samples));
        Assert.True(audit.FigureDifferences == 0, string.Join('\n', audit.FigureSamples));
    }

    private static async Task<long> StoredAsync(PostgresServer server) => (long)(await server.ScalarAsync("clusterpulse", "SELECT (SELECT count(*) FROM report) + (SELECT count(*) FROM report_revision)"))!;

    private static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"org-R{i:D8}");
}
