using ClusterPulse.Facts;
using Microsoft.Data.Sqlite;

namespace ClusterPulse.Silo.Sqlite;

/// <summary>Recomputes cells from facts by SQL.</summary>
internal sealed class SqliteAudit(SqliteConnection connection, SqliteTransaction transaction)
{
    public AuditResult Run(string? place, IProgress<double>? progress, CancellationToken cancellation)
    {
        _ = (connection, transaction, place, progress, cancellation);
        throw new NotSupportedException();
    }
}
