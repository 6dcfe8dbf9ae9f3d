using ClusterPulse.Facts;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Gateway.Rights;
using ClusterPulse.Ingest;
using ClusterPulse.Validation;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace ClusterPulse.Gateway.Reporting;

/// <summary>One batch of a submission: validate, one call per silo, one durable receipt.</summary>
public sealed class BatchProcessor(ReportValidator validator, SiloSpread spread, RowScope scope, IGrainFactory grains, TimeProvider time)
{
    /// <summary>Rows that a batch may have.</summary>
    public const int MostRows = 5_000;

    /// <summary>Bytes that a batch may have.</summary>
    public const int MostBytes = 4 << 20;

    /// <summary>INVALID_ARGUMENT for a message beyond the bounds; null within them.</summary>
    public static Google.Rpc.Status? TooLarge(int rows, IMessage message) =>
        RichErrors.TooLarge(rows, message.CalculateSize(), MostRows, MostBytes);

    /// <summary>Checks only.</summary>
    public BatchReceipt Check(RepeatedField<V1.Report> reports)
    {
        var answer = new AnswerBuilder();
        for (var i = 0; i < reports.Count; i++)
        {
            if (validator.Validate(reports[i], i, out var violations) is { } valid && scope.Admit(valid, out violations) is { } row)
                answer.Add(i, RowOutcome.Accepted, [], row.Warnings);
            else
                answer.Add(i, RowOutcome.Rejected, violations, []);
        }
        return answer.ToReceipt(0, reports.Count, time.GetUtcNow());
    }

    /// <summary>Stores a batch that is all of a new submission and of one enterprise, with its receipt, in one commit.</summary>
    /// <returns>Null where it is not such a batch, or where there is nothing to store: it has to go step by step.</returns>
    public async Task<BatchReceipt?> StoreWholeAsync(string bureau, string submission, RepeatedField<V1.Report> reports, string? sender)
    {
        var enterprise = reports[0].Enterprise;
        for (var i = 1; i < reports.Count; i++)
        {
            if (reports[i].Enterprise != enterprise)
                return null;
        }
        var answer = new AnswerBuilder();
        var rows = Admit(reports, 0, 0, answer);
        if (rows.Count == 0)
            return null;
        var whole = new WholeSubmission(bureau, submission, [.. rows], reports.Count, answer.ToAnswer(), RowsChecksum.Of(reports, 0), sender);
        return await spread.CallHomeAsync(rows[0].Enterprise, port => port.SubmitWholeAsync(whole));
    }

    /// <summary>Stores the rows of a batch and its receipt.</summary>
    /// <param name="bureau">Who sends.</param>
    /// <param name="submission">Which submission.</param>
    /// <param name="offset">Rows before the first of the rows that are taken.</param>
    /// <param name="reports">The batch.</param>
    /// <param name="skip">Rows at its beginning that are durable already.</param>
    /// <param name="sender">The caller's name; null where it has none.</param>
    public async Task<BatchReceipt> StoreAsync(
        string bureau, string submission, long offset, RepeatedField<V1.Report> reports, int skip, string? sender)
    {
        var answer = new AnswerBuilder();
        var rows = Admit(reports, skip, offset, answer);
        await spread.SendAsync(rows, row => row.Enterprise, (port, own) => port.SubmitReportsAsync(new(bureau, submission, own)), answer);
        var receipt = answer.ToReceipt(offset, reports.Count - skip, time.GetUtcNow()) with
        {
            RowsSha256 = RowsChecksum.Of(reports, skip),
            Sender = sender,
        };
        var grain = grains.GetGrain<ISubmissionGrain>(SubmissionName.Key(bureau, submission));
        try
        {
            return await grain.RecordAsync(receipt);
        }
        catch (InvalidOperationException) when (rows.Count > 0)
        {
            // Whoever took the submission back meanwhile may have looked at these rows before they were there.
            await grain.RestartWithdrawalAsync();
            throw;
        }
    }

    /// <summary>The rows that are for their enterprises to decide on; the others are answered.</summary>
    private List<ReportRow> Admit(RepeatedField<V1.Report> reports, int skip, long offset, AnswerBuilder answer)
    {
        var rows = new List<ReportRow>(reports.Count - skip);
        for (var i = skip; i < reports.Count; i++)
        {
            var number = offset + i - skip;
            if (validator.Validate(reports[i], number, out var violations) is { } valid && scope.Admit(valid, out violations) is { } row)
                rows.Add(row);
            else
                answer.Add(number, RowOutcome.Rejected, violations, []);
        }
        return rows;
    }
}
