using ClusterPulse.Facts;

namespace ClusterPulse.Silo.Postgres;

/// <content>The oracle.</content>
public sealed partial class PostgresFactStore
{
    public ValueTask<AuditResult> AuditAsync(string? place, IProgress<double>? progress, CancellationToken cancellation) =>
        PostgresDatabase.GuardAsync(() => new PostgresAudit(database).RunAsync(place, progress, cancellation));
}
