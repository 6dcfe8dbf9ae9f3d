using ClusterPulse.Aggregation;

namespace ClusterPulse.Silo.Sqlite;

/// <content>Which measures commits log and places hold.</content>
public sealed partial class SqliteFactStore
{
    public ValueTask<CellLevelState> ReadCellLevelAsync(CancellationToken cancellation) => SnapshotAsync((connection, transaction) =>
    {
        var found = List(
            connection, transaction, "SELECT logged, rebuilt FROM cell_level", r => new CellLevelState(r.GetInt32(0), r.GetInt32(1)));
        return found.Count > 0 ? found[0] : new(CellLevels.First, CellLevels.First);
    });

    public ValueTask<bool> TryRaiseCellLevelAsync(TimeSpan settled, CancellationToken cancellation) => WriteAsync((connection, transaction) =>
    {
        var newest = CellLevels.Newest;
        if (List(connection, transaction, "SELECT 1 FROM cell_level WHERE logged >= ?1", r => r.GetInt32(0), newest).Count > 0)
            return true;
        if (List(
            connection, transaction,
            "SELECT 1 FROM writer WHERE buried_at IS NULL AND (coalesce(knows, 1) < ?1 OR opened_at > ?2)",
            r => r.GetInt32(0), newest, Columns.Time(time.GetUtcNow() - settled)).Count > 0)
        {
            return false;
        }
        Run(connection, transaction,
            "INSERT INTO cell_level (id, logged, rebuilt) VALUES (1, ?1, 1) ON CONFLICT DO UPDATE SET logged = excluded.logged", newest);
        Run(connection, transaction, "UPDATE writer SET cells = ?1 WHERE buried_at IS NULL", newest);
        return true;
    });

    public async ValueTask SetCellsRebuiltAsync(CancellationToken cancellation) => await WriteAsync((connection, transaction) =>
        Run(connection, transaction, "UPDATE cell_level SET rebuilt = ?1 WHERE logged = ?1", CellLevels.Newest));
}
