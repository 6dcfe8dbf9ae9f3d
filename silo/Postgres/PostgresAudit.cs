using System.Data;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Silo.Sqlite;
using ClusterPulse.Silo.Sqlite.Audit;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ClusterPulse.Silo.Postgres;

/// <summary>
/// Runs the one oracle there is over the shared store: facts and aggregates are copied, in one snapshot, into a scratch file
/// with the embedded store's tables, and audited there. The database's own work is one pass over its tables; the audit's sorting
/// does not touch it.
/// </summary>
internal sealed class PostgresAudit(PostgresDatabase database)
{
    /// <summary>What the audit reads.</summary>
    private static readonly string[] Tables =
    [
        "region", "estate", "enterprise", "enterprise_profile", "report", "output_line", "export_line", "employment_line", "fdi_line",
        "linkage_line", "closed_period", "exchange_rate", "alert_policy", "rival_set", "cluster_definition", "cluster_watch", "log_floor",
        "checkpoint", "checkpoint_known", "cell", "cell_level", "commit_log",
    ];

    public async ValueTask<AuditListing> RunAsync(
        AuditScope scope, IndicatorFormulas formulas, IProgress<double>? progress, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("clusterpulse-audit-").FullName;
        try
        {
            using var scratch = new SqliteDatabase(Options.Create(new SqliteOptions { Folder = folder }));
            scratch.Migrate();
            await using var connection = scratch.OpenScratch();
            await CopyAsync(connection, cancellation);
            await using var transaction = connection.BeginTransaction(deferred: true);
            return await Task.Run(() => new SqliteAudit(connection, transaction).Run(scope, formulas, progress, cancellation), cancellation);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task CopyAsync(SqliteConnection scratch, CancellationToken cancellation)
    {
        await using var source = await database.OpenLastingAsync(cancellation);
        await using var snapshot = await source.SnapshotAsync(cancellation);
        using (var fast = new Statement(scratch, "PRAGMA synchronous = OFF", 0))
            fast.Run();
        foreach (var table in Tables)
        {
            await using var transaction = scratch.BeginTransaction();
            await CopyTableAsync(source, scratch, transaction, table, cancellation);
            await transaction.CommitAsync(cancellation);
        }
    }

    private static async Task CopyTableAsync(
        NpgsqlConnection source, SqliteConnection scratch, SqliteTransaction transaction, string table, CancellationToken cancellation)
    {
        var columns = new List<string>();
        using (var info = new Statement(scratch, "SELECT name FROM pragma_table_info(?1)", 1))
        {
            using var names = info.With(transaction, table).Read();
            while (names.Read())
                columns.Add(names.GetString(0));
        }
        var list = string.Join(", ", columns);
        using var insert = new Statement(
            scratch, $"INSERT INTO {table} ({list}) VALUES ({string.Join(", ", Enumerable.Range(1, columns.Count).Select(i => $"?{i}"))})", columns.Count);
        await using var command = source.Command($"SELECT {list} FROM {table}");
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellation);
        var values = new object?[columns.Count];
        while (await reader.ReadAsync(cancellation))
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = reader.GetValue(i) switch
                {
                    DBNull => null,
                    bool flag => flag ? 1L : 0L,
                    DateTime time => Columns.Time(time),
                    var value => value,
                };
            }
            insert.With(transaction, values).Run();
        }
    }
}
