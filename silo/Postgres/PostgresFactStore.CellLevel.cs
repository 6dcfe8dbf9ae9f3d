using ClusterPulse.Aggregation;

namespace ClusterPulse.Silo.Postgres;

/// <content>Which measures commits log and places hold.</content>
public sealed partial class PostgresFactStore
{
    /// <summary>Held by whoever opens a writer and whoever raises the level, so that none of the writers is missed.</summary>
    private const string LockCellLevel = "LOCK TABLE cell_level IN SHARE ROW EXCLUSIVE MODE";

    public async ValueTask<CellLevelState> ReadCellLevelAsync(CancellationToken cancellation)
    {
        var found = await ListAsync(
            "SELECT logged, rebuilt FROM cell_level", r => new CellLevelState(r.GetInt32(0), r.GetInt32(1)), cancellation);
        return found.Count > 0 ? found[0] : new(CellLevels.First, CellLevels.First);
    }

    public ValueTask<bool> TryRaiseCellLevelAsync(TimeSpan settled, CancellationToken cancellation) => WriteAsync(async connection =>
    {
        var newest = CellLevels.Newest;
        await connection.RunAsync(LockCellLevel, cancellation);
        var logged = await connection.ListAsync("SELECT 1 FROM cell_level WHERE logged >= $1", r => r.GetInt32(0), cancellation, newest);
        if (logged.Count > 0)
            return true;
        var unready = await connection.ListAsync(
            "SELECT 1 FROM writer WHERE buried_at IS NULL AND (coalesce(knows, 1) < $1 OR opened_at > now() - $2)",
            r => r.GetInt32(0), cancellation, newest, settled);
        if (unready.Count > 0)
            return false;
        await connection.RunAsync(
            "INSERT INTO cell_level (id, logged, rebuilt) VALUES (1, $1, 1) ON CONFLICT (id) DO UPDATE SET logged = excluded.logged",
            cancellation, newest);
        // Waits for commits under way: those after it log the new measures.
        await connection.RunAsync("UPDATE writer SET cells = $1 WHERE buried_at IS NULL", cancellation, newest);
        return true;
    }, lasting: false, cancellation);

    public async ValueTask SetCellsRebuiltAsync(CancellationToken cancellation) => await WriteAsync(
        connection => connection.RunAsync("UPDATE cell_level SET rebuilt = $1 WHERE logged = $1", cancellation, CellLevels.Newest),
        lasting: false, cancellation);
}
