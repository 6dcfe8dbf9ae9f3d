using System.Reflection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ClusterPulse.Silo.Postgres;

/// <summary>
/// Brings the schema up to date: each numbered script once, in its own transaction, whoever starts first; the others wait.
/// Scripts only expand (add what older builds do not look at); what is to go goes a version later, so that the older build works
/// on the newer schema while silos are replaced one by one.
/// </summary>
public sealed partial class PostgresSchema(PostgresDatabase database, ILogger<PostgresSchema> logger)
{
    private const string Folder = ".Postgres.Schema.";
    private const long MigrationLock = 7213000;

    /// <summary>The newest version that this build knows.</summary>
    public static int Newest => Scripts().Max(s => s.Number);

    /// <summary>Applies what is missing.</summary>
    public async Task MigrateAsync(CancellationToken cancellation)
    {
        await PostgresDatabase.GuardAsync(async () =>
        {
            await using var connection = await database.OpenLastingAsync(cancellation);
            await RunAsync(connection, $"SELECT pg_advisory_lock({MigrationLock})", cancellation);
            try
            {
                await ApplyAsync(connection, cancellation);
            }
            finally
            {
                await RunAsync(connection, $"SELECT pg_advisory_unlock({MigrationLock})", CancellationToken.None);
            }
            return true;
        });
    }

    private async Task ApplyAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await RunAsync(
            connection,
            """
            CREATE TABLE IF NOT EXISTS schema_version (
                number integer PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now());
            COMMENT ON TABLE schema_version IS 'Scripts that were applied';
            """,
            cancellation);
        var applied = new HashSet<int>();
        await using (var command = new NpgsqlCommand("SELECT number FROM schema_version", connection))
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
                applied.Add(reader.GetInt32(0));
        }
        foreach (var (number, name, sql) in Scripts().Where(s => !applied.Contains(s.Number)).OrderBy(s => s.Number))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await RunAsync(connection, sql, cancellation);
            await using var record = new NpgsqlCommand("INSERT INTO schema_version (number, name) VALUES ($1, $2)", connection)
            {
                Parameters = { new() { Value = number }, new() { Value = name } },
            };
            await record.ExecuteNonQueryAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            LogApplied(name);
        }
    }

    private static IEnumerable<(int Number, string Name, string Sql)> Scripts()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.Contains(Folder, StringComparison.Ordinal)))
        {
            var file = resource[(resource.IndexOf(Folder, StringComparison.Ordinal) + Folder.Length)..];
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            yield return (int.Parse(file.AsSpan(0, 3), null), file, reader.ReadToEnd());
        }
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
#pragma warning disable CA2100 // The text is a resource of this assembly.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellation);
    }

    [LoggerMessage(LogLevel.Information, "Schema: applied {Name}")]
    private partial void LogApplied(string name);
}
