using System.Data.Common;
using ClusterPulse.Facts;

namespace ClusterPulse.Silo;

/// <summary>A report that was set aside, as decisions need it, as both stores hold it.</summary>
internal static class AsideRow
{
    /// <summary>What <see cref="Read"/> reads, the enterprise first.</summary>
    public const string Columns = """
        enterprise, feed, period, revision, bureau, submission, row, content_hash, standing, replaced_at IS NOT NULL, withdrawn_by IS NOT NULL
        """;

    /// <summary>The order of states.</summary>
    public const string Order = "enterprise, committed_at, feed, period, bureau, revision";

    public static AsideReport Read(DbDataReader row) => new()
    {
        Key = new(Words.Feed(row.GetString(1)), Month.Parse(row.GetString(2))),
        Revision = row.GetInt32(3),
        Origin = new(string.Intern(row.GetString(4)), string.Intern(row.GetString(5)), row.GetInt64(6)),
        ContentHash = unchecked((ulong)row.GetInt64(7)),
        Standing = row.GetInt32(8),
        Replaced = row.GetBoolean(9),
        Withdrawn = row.GetBoolean(10),
    };
}
