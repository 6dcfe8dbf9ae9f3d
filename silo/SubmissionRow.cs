using System.Data.Common;
using ClusterPulse.Facts;

namespace ClusterPulse.Silo;

/// <summary>A submission as both stores hold it.</summary>
internal static class SubmissionRow
{
    /// <summary>What <see cref="Read"/> reads, in order.</summary>
    public const string Columns =
        """
        state, next_offset, accepted, duplicate, revised, rejected, warned, sha256, created_at, finalized_at, withdrawn_by, withdraw_reason,
        withdrawn_at, withdraw_finished_at, withdrawn_reports, withdraw_row
        """;

    /// <summary>Position of the column after <see cref="Columns"/>.</summary>
    public const int Next = 16;

    /// <summary>The submission, without its last receipt.</summary>
    /// <param name="row">Begins with <see cref="Columns"/>.</param>
    /// <param name="bureau">Whose it is.</param>
    /// <param name="id">Its id.</param>
    /// <param name="time">Reads the time in a column, which each store spells its own way.</param>
    public static Submission Read(DbDataReader row, string bureau, string id, Func<int, DateTimeOffset> time) => new()
    {
        Bureau = bureau,
        Id = id,
        State = Words.Parse<SubmissionState>(row.GetString(0)),
        NextOffset = row.GetInt64(1),
        Accepted = row.GetInt64(2),
        Duplicate = row.GetInt64(3),
        Revised = row.GetInt64(4),
        Rejected = row.GetInt64(5),
        Warned = row.GetInt64(6),
        Sha256 = row.IsDBNull(7) ? null : row.GetString(7),
        Created = time(8),
        Finalized = row.IsDBNull(9) ? null : time(9),
        Withdrawal = row.IsDBNull(12) ? null : new()
        {
            By = row.GetString(10),
            Reason = row.GetString(11),
            Started = time(12),
            Finished = row.IsDBNull(13) ? null : time(13),
            Reports = row.GetInt64(14),
            NextRow = row.GetInt64(15),
        },
    };
}
