using System.Collections.Immutable;
using System.Globalization;
using ClusterPulse.Facts;
using ClusterPulse.V1;
using ClusterPulse.Validation;
using Google.Protobuf.WellKnownTypes;
using Violation = ClusterPulse.Facts.Violation;

namespace ClusterPulse.Gateway.Reporting;

/// <summary>Receipts and submissions as messages.</summary>
internal static class ReceiptMessages
{
    /// <summary>A receipt.</summary>
    /// <param name="receipt">As stored, or put together.</param>
    /// <param name="submission">Name of its submission; empty: none.</param>
    /// <param name="replayed">It had been answered before.</param>
    public static Receipt ToMessage(this BatchReceipt receipt, string submission = "", bool replayed = false)
    {
        var message = new Receipt
        {
            Offset = receipt.Offset,
            Accepted = receipt.Accepted,
            Duplicate = receipt.Duplicate,
            Revised = receipt.Revised,
            Rejected = receipt.Rejected,
            Warned = receipt.Warned,
            CommitTime = receipt.CommitTime == default
                ? ""
                : receipt.CommitTime.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            CommitToken = receipt.CommitToken,
            Replayed = replayed,
            Name = receipt.RowsSha256 is null || submission.Length == 0 ? "" : SubmissionName.OfReceipt(submission, receipt.Offset),
            RowsSha256 = receipt.RowsSha256 ?? "",
            Sender = receipt.Sender ?? "",
        };
        message.Rows.AddRange(receipt.Rows.Select(ToMessage));
        return message;
    }

    public static V1.RowResult ToMessage(this Facts.RowResult row)
    {
        var result = new V1.RowResult { Row = row.Row, Outcome = Outcome(row.Outcome) };
        Add(result.Violations, row.Violations);
        Add(result.Warnings, row.Warnings);
        return result;
    }

    public static V1.Submission ToMessage(this Facts.Submission submission) => new()
    {
        Name = SubmissionName.Of(submission.Bureau, submission.Id),
        State = submission.State switch
        {
            SubmissionState.Finalized => V1.Submission.Types.State.Finalized,
            SubmissionState.Withdrawn => V1.Submission.Types.State.Withdrawn,
            _ => V1.Submission.Types.State.Open,
        },
        NextOffset = submission.NextOffset,
        Accepted = submission.Accepted,
        Duplicate = submission.Duplicate,
        Revised = submission.Revised,
        Rejected = submission.Rejected,
        Warned = submission.Warned,
        Sha256 = submission.Sha256 ?? "",
        CreateTime = submission.Created.ToTimestamp(),
        Withdrawal = submission.Withdrawal is not { } withdrawal ? null : new()
        {
            WithdrawnBy = "bureaus/" + withdrawal.By,
            Reason = withdrawal.Reason,
            StartTime = withdrawal.Started.ToTimestamp(),
            FinishTime = withdrawal.Finished?.ToTimestamp(),
            WithdrawnReports = withdrawal.Reports,
            RowsDone = withdrawal.NextRow,
        },
        FinalizeTime = submission.Finalized?.ToTimestamp(),
        LastReceipt = submission.LastReceipt?.ToMessage(SubmissionName.Of(submission.Bureau, submission.Id), replayed: true),
    };

    private static V1.RowOutcome Outcome(Facts.RowOutcome outcome) => outcome switch
    {
        Facts.RowOutcome.Accepted => V1.RowOutcome.Accepted,
        Facts.RowOutcome.Duplicate => V1.RowOutcome.Duplicate,
        Facts.RowOutcome.Revised => V1.RowOutcome.Revised,
        _ => V1.RowOutcome.Rejected,
    };

    private static void Add(Google.Protobuf.Collections.RepeatedField<FieldViolation> into, ImmutableArray<Violation> violations)
    {
        foreach (var violation in violations)
        {
            var reason = ReasonCatalogue.Find(violation.Reason);
            into.Add(new FieldViolation
            {
                Field = violation.Field,
                Value = violation.Value,
                Rule = violation.Detail.Length == 0 ? reason.RuleEn : $"{reason.RuleEn} ({violation.Detail})",
                Reason = violation.Reason,
                // `rule` is in English; so the Chinese text says the rule too.
                Advice = new()
                {
                    Zh = violation.Detail.Length == 0 ? reason.RuleZh + reason.AdviceZh : $"{reason.RuleZh}（{violation.Detail}）{reason.AdviceZh}",
                    En = reason.AdviceEn,
                },
            });
        }
    }
}
