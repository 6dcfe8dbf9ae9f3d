using ClusterPulse.Facts;
using ClusterPulse.Indicators;

namespace ClusterPulse.Silo.Postgres;

/// <content>The oracle.</content>
public sealed partial class PostgresFactStore
{
    public ValueTask<AuditListing> AuditAsync(
        AuditScope scope, IndicatorFormulas formulas, IProgress<double>? progress, CancellationToken cancellation) =>
        PostgresDatabase.GuardAsync(() => new PostgresAudit(database).RunAsync(scope, formulas, progress, cancellation));
}
