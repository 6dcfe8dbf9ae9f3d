using ClusterPulse.Facts;

namespace ClusterPulse.Silo.Postgres;

/// <content>Writers of silos, living and dead.</content>
public sealed partial class PostgresFactStore
{
    public ValueTask<IReadOnlyList<WriterRecord>> ListWritersAsync(CancellationToken cancellation) => ListAsync(
        "SELECT id, silo, fenced, now() - opened_at FROM writer WHERE buried_at IS NULL ORDER BY id",
        r => new WriterRecord(r.GetInt32(0), r.GetString(1), r.GetBoolean(2), r.GetTimeSpan(3)), cancellation);

    public async ValueTask<long> FenceWriterAsync(int writer, CancellationToken cancellation) =>
        // Waits for a commit under way: it holds the row.
        (await ListAsync("UPDATE writer SET fenced = true WHERE id = $1 RETURNING seq", r => r.GetInt64(0), cancellation, writer))[0];

    public async ValueTask BuryWriterAsync(int writer, CancellationToken cancellation) => await ReadAsync(
        async connection => await connection.RunAsync("UPDATE writer SET buried_at = now() WHERE id = $1 AND fenced", cancellation, writer),
        cancellation);
}
