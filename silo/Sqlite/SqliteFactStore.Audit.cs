using ClusterPulse.Facts;

namespace ClusterPulse.Silo.Sqlite;

/// <content>The oracle: what independent SQL makes of the facts.</content>
public sealed partial class SqliteFactStore
{
    public ValueTask<AuditResult> AuditAsync(string? place, IProgress<double>? progress, CancellationToken cancellation) =>
        SnapshotAsync((connection, transaction) => new SqliteAudit(connection, transaction).Run(place, progress, cancellation));
}
