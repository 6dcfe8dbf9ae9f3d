using ClusterPulse.Aggregation;
using Microsoft.Data.Sqlite;

namespace ClusterPulse.Silo.Sqlite.Audit;

/// <summary>What the commit log holds that a place's checkpoint does not have yet.</summary>
internal static class LoggedCells
{
    /// <summary>Sums it per place into the working table: a place holds its checkpoint plus this.</summary>
    public static void Copy(SqliteConnection connection, SqliteTransaction transaction, string? place, CancellationToken cancellation)
    {
        using var entries = new Statement(
            connection,
            """
            SELECT l.place, l.payload FROM commit_log l
            LEFT JOIN checkpoint_known k ON k.place = l.place AND k.writer = l.writer
            LEFT JOIN log_floor f ON f.writer = l.writer
            WHERE (?1 IS NULL OR l.place = ?1) AND l.seq > max(coalesce(k.seq, 0), coalesce(f.seq, 0))
            ORDER BY l.place
            """,
            1);
        using var insert = new Statement(
            connection,
            """
            INSERT INTO audit_logged (place, measure, industry, dimension, month, amount)
            VALUES ((SELECT no FROM audit_place WHERE name = ?1), ?2, ?3, ?4, ?5, ?6)
            """,
            6);
        using var reader = entries.With(transaction, place).Read();
        var current = "";
        var sums = new CellSums();
        while (reader.Read())
        {
            var next = reader.GetString(0);
            if (next != current)
            {
                Store();
                cancellation.ThrowIfCancellationRequested();
                (current, sums) = (next, new());
            }
            sums.Add(CellSums.Decode(reader.GetFieldValue<byte[]>(1)));
        }
        Store();
        // Now, since keeping it in order row by row would take several times as long.
        using var index = new Statement(connection, "CREATE INDEX temp.audit_logged_measure ON audit_logged (measure)", 0);
        index.With(transaction).Run();

        void Store()
        {
            foreach (var (key, amount) in sums)
            {
                if (amount != 0)
                    insert.With(transaction, current, Words.Of(key.Measure), key.Industry, key.Dimension, key.Period.Index, amount).Run();
            }
        }
    }
}
