using System.Reflection;
using ClusterPulse.Facts;
using ClusterPulse.Silo.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Xunit;

namespace ClusterPulse.UnitTests.Silo;

/// <summary>A store in which facts lay by enterprise is opened: they lie by month, and none is lost.</summary>
public sealed class FactsByMonthTests : IDisposable
{
    private const int ByEnterprise = 9;
    private readonly string _folder = Directory.CreateTempSubdirectory("clusterpulse-facts-").FullName;
    private readonly SqliteDatabase _database;

    public FactsByMonthTests() => _database = new(Options.Create(new SqliteOptions { Folder = _folder }));

    public void Dispose()
    {
        _database.Dispose();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Reports_and_lines_are_what_they_were()
    {
        MakeOldStore();

        _database.Migrate();

        var states = await new SqliteFactStore(_database, TimeProvider.System).LoadEnterprisesAsync(["org-2", "org-1"], TestContext.Current.CancellationToken);
        Assert.Equal(
            [(Feed.Output, new Month(2004, 1)), (Feed.Output, new Month(2004, 3)), (Feed.Fdi, new Month(2004, 3))],
            states["org-1"].Reports.Select(r => (r.Key.Feed, r.Key.Period)).OrderBy(k => k.Feed).ThenBy(k => k.Period));
        Assert.Equal([10L, 20L, 30L], Lines(states["org-1"], Feed.Fdi, 3));
        Assert.Equal([7L], Lines(states["org-2"], Feed.Linkage, 3));
        var report = states["org-1"].Reports.Find(Feed.Output, new(2004, 1))!;
        Assert.Equal((2, "b", "s", 4L, true, 3, "a note"), (report.Revision, report.Origin.Bureau, report.Origin.Submission, report.Origin.Row, report.Outlier, report.Standing, report.Content.Note));
        Assert.True(report.Chosen);
    }

    [Fact]
    public void What_a_store_of_today_has_is_there()
    {
        MakeOldStore();

        _database.Migrate();
        _database.Migrate();

        using var connection = _database.OpenReading();
        Assert.Equal(["2004-01", "2004-03"], Read(connection, "SELECT period FROM report_month"));
        Assert.Equal(
            ["linkage_line_supplier", "report_submission"],
            Read(connection, "SELECT name FROM sqlite_master WHERE type = 'index' AND name IN ('report_submission', 'linkage_line_supplier') ORDER BY name"));
        Assert.Equal(["period", "enterprise", "feed"], Read(connection, "SELECT name FROM pragma_table_info('report') WHERE pk > 0 ORDER BY pk"));
        Assert.Empty(Read(connection, "SELECT name FROM sqlite_master WHERE name LIKE '%by_month'"));
    }

    private static IEnumerable<long> Lines(EnterpriseState state, Feed feed, int month) =>
        state.Reports.Find(feed, new(2004, month))!.Content.Lines.Select(l => l.Amount);

    private void MakeOldStore()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "clusterpulse.db")};Pooling=False");
        connection.Open();
        var assembly = typeof(SqliteDatabase).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.Contains(".Sqlite.Schema.", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            if (Number(name) <= ByEnterprise)
                Run(connection, Text(assembly, name));
        }
        Run(connection, $"""
            PRAGMA user_version = {ByEnterprise};
            INSERT INTO enterprise (id, version, profile_version) VALUES ('org-1', 4, 1), ('org-2', 2, 1);
            INSERT INTO report (enterprise, feed, period, revision, basis, status, nil, withdrawn, bureau, submission, row, content_hash, note,
                committed_at, outlier, standing, chosen)
            VALUES
                ('org-1', 'output', '2004-01', 2, 'month', 'final', 0, 0, 'b', 's', 4, 5, 'a note', '2004-02-01T00:00:00Z', 1, 3, 'b'),
                ('org-1', 'output', '2004-03', 1, 'month', 'final', 0, 0, 'b', 's', 5, 6, NULL, '2004-04-01T00:00:00Z', 0, 0, NULL),
                ('org-1', 'fdi', '2004-03', 1, 'month', 'final', 0, 0, 'b', 's', 6, 7, NULL, '2004-04-01T00:00:00Z', 0, 0, NULL),
                ('org-2', 'linkage', '2004-03', 1, 'month', 'final', 0, 0, 'b', 's', 7, 8, NULL, '2004-04-01T00:00:00Z', 0, 0, NULL);
            INSERT INTO output_line VALUES ('org-1', '2004-01', 0, 'CNY', 1), ('org-1', '2004-03', 0, 'CNY', 2);
            INSERT INTO fdi_line (enterprise, period, line, source, ultimate_source, currency, utilised, contracted, project_count)
            VALUES ('org-1', '2004-03', 2, 'US', 'US', 'USD', 30, 0, 0), ('org-1', '2004-03', 0, 'TW', 'TW', 'USD', 10, 0, 0), ('org-1', '2004-03', 1, 'HK', 'HK', 'USD', 20, 0, 0);
            INSERT INTO linkage_line (enterprise, period, line, supplier_kind, supplier, currency, purchases)
            VALUES ('org-2', '2004-03', 0, 'enterprise', 'org-1', 'CNY', 7);
            """);
    }

    private static int Number(string name)
    {
        const string Folder = ".Sqlite.Schema.";
        return int.Parse(name.AsSpan(name.IndexOf(Folder, StringComparison.Ordinal) + Folder.Length, 3), null);
    }

    private static string Text(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static List<string> Read(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(reader.GetString(0));
        return rows;
    }
}
