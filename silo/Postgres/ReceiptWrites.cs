using System.Text.Json;
using ClusterPulse.Facts;
using Npgsql;
using NpgsqlTypes;

namespace ClusterPulse.Silo.Postgres;

/// <summary>The answers of a commit, and the submissions that begin with theirs: one statement per table, whatever their number.</summary>
internal sealed class ReceiptWrites
{
    private readonly List<ReceiptChange> _answers = [];
    private readonly List<ReceiptChange> _whole = [];

    /// <summary>The answer to a batch of a submission that is there.</summary>
    public void Add(ReceiptChange answer) => _answers.Add(answer);

    /// <summary>The answer to all of a submission, which is stored with it.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="token">The commit's own token.</param>
    public void AddWhole(ReceiptChange answer, string token)
    {
        _whole.Add(answer);
        _answers.Add(answer with { Receipt = answer.Receipt with { CommitToken = token } });
    }

    public void AddTo(NpgsqlBatch batch)
    {
        if (_whole.Count > 0)
        {
            batch.Add(
                """
                INSERT INTO submission (bureau, id, state, next_offset, accepted, duplicate, revised, rejected, warned, created_at)
                SELECT bureau, id, 'open', rows, accepted, duplicate, revised, rejected, warned, now()
                FROM unnest($1, $2, $3, $4, $5, $6, $7, $8) AS s (bureau, id, rows, accepted, duplicate, revised, rejected, warned) ORDER BY 1, 2
                """,
                [Texts(_whole, a => a.Bureau), Texts(_whole, a => a.Submission), .. Counts(_whole)]);
        }
        if (_answers.Count > 0)
        {
            batch.Add(
                """
                INSERT INTO receipt (bureau, submission, row_count, accepted, duplicate, revised, rejected, warned, first_row, rows, commit_token,
                    committed_at, rows_sha256, sender)
                SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
                """,
                [
                    Texts(_answers, a => a.Bureau), Texts(_answers, a => a.Submission), .. Counts(_answers),
                    _answers.ConvertAll(a => a.Receipt.Offset), Texts(_answers, a => JsonSerializer.Serialize(a.Receipt.Rows)),
                    Texts(_answers, a => a.Receipt.CommitToken), _answers.ConvertAll(a => a.Receipt.CommitTime.UtcDateTime),
                    Texts(_answers, a => a.Receipt.RowsSha256), Texts(_answers, a => a.Receipt.Sender),
                ]);
        }
    }

    private static IEnumerable<object?> Counts(List<ReceiptChange> answers) =>
    [
        answers.ConvertAll(a => a.Receipt.Count), answers.ConvertAll(a => a.Receipt.Accepted), answers.ConvertAll(a => a.Receipt.Duplicate),
        answers.ConvertAll(a => a.Receipt.Revised), answers.ConvertAll(a => a.Receipt.Rejected), answers.ConvertAll(a => a.Receipt.Warned),
    ];

    private static NpgsqlParameter<List<string?>> Texts(List<ReceiptChange> answers, Func<ReceiptChange, string?> get) => new()
    {
        TypedValue = answers.ConvertAll(a => get(a)),
        NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
    };
}
