using ClusterPulse.Facts;
using ClusterPulse.Indicators;

namespace ClusterPulse.Silo.Postgres;

/// <content>The oracle.</content>
public sealed partial class PostgresFactStore
{
    public ValueTask<AuditResult> AuditAsync(
        string? place, IndicatorFormulas formulas, IProgress<double>? progress, CancellationToken cancellation) =>
        PostgresDatabase.GuardAsync(() => new PostgresAudit(database).RunAsync(place, formulas, progress, cancellation));
}
