using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace ClusterPulse.Benchmarks;

/// <summary>The peer: what a user would write instead in an afternoon. One table of reports, one of sums by county and month,
/// upserts in transactions of 2,000 rows, one thread, no network, no revisions, no levels, no recovery.</summary>
internal static class PlainTableIngest
{
    private const int BatchRows = 2_000;

    public static IngestResult Run(Workload workload)
    {
        var folder = Directory.CreateTempSubdirectory("clusterpulse-bench-").FullName;
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "plain.db")};Pooling=False");
        connection.Open();
        Execute(connection, """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            CREATE TABLE enterprise (id TEXT PRIMARY KEY, region TEXT) WITHOUT ROWID;
            CREATE TABLE report (enterprise TEXT, feed INTEGER, period TEXT, amount INTEGER, PRIMARY KEY (enterprise, feed, period)) WITHOUT ROWID;
            CREATE TABLE total (region TEXT, feed INTEGER, period TEXT, amount INTEGER, PRIMARY KEY (region, feed, period)) WITHOUT ROWID;
            """);
        var regions = workload.Enterprises().ToDictionary(e => e.Name, e => e.Region, StringComparer.Ordinal);
        using var put = Prepare(connection, "INSERT OR REPLACE INTO report VALUES (?1, ?2, ?3, ?4)", 4);
        using var add = Prepare(
            connection, "INSERT INTO total VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET amount = amount + excluded.amount", 4);
        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        foreach (var batch in workload.Reports(0, 1).Chunk(BatchRows))
        {
            using var transaction = connection.BeginTransaction();
            foreach (var report in batch)
            {
                var amount = report.Output?.Value.MinorUnits ?? report.Export?.Value.MinorUnits ?? report.Employment.Persons;
                Run(put, transaction, report.Enterprise, (int)report.Feed, report.Period, amount);
                Run(add, transaction, regions[report.Enterprise], (int)report.Feed, report.Period, amount);
            }
            transaction.Commit();
        }
        clock.Stop();
        process.Refresh();
        var result = new IngestResult("plain SQLite table with sums, one thread, no network", clock.Elapsed, process.TotalProcessorTime - cpu, process.PeakWorkingSet64);
        connection.Close();
        Directory.Delete(folder, recursive: true);
        return result;
    }

    private static SqliteCommand Prepare(SqliteConnection connection, string sql, int parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 1; i <= parameters; i++)
            command.Parameters.Add(new() { ParameterName = $"?{i}" });
        return command;
    }

    private static void Run(SqliteCommand command, SqliteTransaction transaction, params ReadOnlySpan<object> values)
    {
        command.Transaction = transaction;
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i];
        command.ExecuteNonQuery();
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
