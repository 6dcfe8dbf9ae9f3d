using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Silo.Sqlite.Audit;

namespace ClusterPulse.Silo.Sqlite;

/// <content>The oracle: what independent SQL makes of the facts.</content>
public sealed partial class SqliteFactStore
{
    public ValueTask<AuditListing> AuditAsync(
        AuditScope scope, IndicatorFormulas formulas, IProgress<double>? progress, CancellationToken cancellation) =>
        SqliteDatabase.ReadAsync(() =>
        {
            using var connection = database.OpenScratch();
            using var transaction = connection.BeginTransaction(deferred: true);
            return new SqliteAudit(connection, transaction).Run(scope, formulas, progress, cancellation);
        });
}
