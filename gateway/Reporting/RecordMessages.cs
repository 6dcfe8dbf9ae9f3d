using ClusterPulse.Facts;
using ClusterPulse.Ingest;
using ClusterPulse.V1;
using ClusterPulse.Validation;
using Google.Protobuf.WellKnownTypes;

namespace ClusterPulse.Gateway.Reporting;

/// <summary>Stored reports and receipts as messages.</summary>
internal static class RecordMessages
{
    /// <summary>Null where the number is of no state.</summary>
    public static SubmissionState? State(V1.Submission.Types.State state) => state switch
    {
        V1.Submission.Types.State.Open => SubmissionState.Open,
        V1.Submission.Types.State.Finalized => SubmissionState.Finalized,
        V1.Submission.Types.State.Withdrawn => SubmissionState.Withdrawn,
        _ => null,
    };

    /// <summary>A receipt as it is stored.</summary>
    public static Receipt Stored(string bureau, string id, BatchReceipt receipt)
    {
        var submission = SubmissionName.Of(bureau, id);
        var message = receipt.ToMessage(submission);
        // One of a build before, which has no checksum, is whole all the same.
        message.Name = SubmissionName.OfReceipt(submission, receipt.Offset);
        return message;
    }

    /// <summary>A revision, in the state that it had at a moment, or has.</summary>
    public static ReportRevision ToMessage(this ReportRecord record, string enterprise, DateTimeOffset? asOf)
    {
        var replaced = record.Replaced is { } time && !(time > asOf);
        var withdrawn = replaced && record.WithdrawnBy is not null;
        return new()
        {
            Name = $"enterprises/{enterprise}/reports/{record.Key.Feed.Word()}.{record.Key.Period}",
            Report = Report(enterprise, record),
            State = withdrawn ? ReportRevision.Types.State.Withdrawn
                : replaced ? ReportRevision.Types.State.Superseded
                : record.SetAside ? ReportRevision.Types.State.SetAside
                : ReportRevision.Types.State.Current,
            Bureau = "bureaus/" + record.Origin.Bureau,
            Submission = SubmissionName.Of(record.Origin.Bureau, record.Origin.Submission),
            Row = record.Origin.Row,
            CommitTime = record.Committed.ToTimestamp(),
            ReplaceTime = replaced ? record.Replaced!.Value.ToTimestamp() : null,
            WithdrawnBy = withdrawn ? "bureaus/" + record.WithdrawnBy : "",
            WithdrawReason = withdrawn ? record.WithdrawReason ?? "" : "",
            Chosen = record.Chosen,
            ChosenBy = record.Choice?.DecidedBy ?? "",
            ChooseReason = record.Choice?.Reason ?? "",
        };
    }

    private static Report Report(string enterprise, ReportRecord record)
    {
        var content = record.Content;
        var report = new Report
        {
            Enterprise = "enterprises/" + enterprise,
            Feed = Vocabulary.Feed(record.Key.Feed),
            Period = record.Key.Period.ToString(),
            Basis = content.Basis == Facts.Basis.YearToDate ? V1.Basis.YearToDate : V1.Basis.Month,
            Revision = record.Revision,
            Status = content.Status switch
            {
                Facts.ReportStatus.Estimated => V1.ReportStatus.Estimated,
                Facts.ReportStatus.Final => V1.ReportStatus.Final,
                _ => V1.ReportStatus.Provisional,
            },
            Nil = content.Nil,
            Note = content.Note ?? "",
        };
        if (content.Nil)
            return report;
        switch (record.Key.Feed)
        {
            case Facts.Feed.Output:
                report.Output = new() { Value = Money(content.Lines[0]) };
                break;
            case Facts.Feed.Export:
                report.Export = new() { Value = Money(content.Lines[0]) };
                break;
            case Facts.Feed.Employment:
                report.Employment = new() { Persons = content.Lines[0].Amount };
                break;
            case Facts.Feed.Fdi:
                report.Fdi = new() { Lines = { content.Lines.Select(Fdi) } };
                break;
            default:
                report.Linkage = new() { Lines = { content.Lines.Select(Linkage) } };
                break;
        }
        return report;
    }

    private static Money Money(ReportLine line) => new() { Currency = line.Currency, MinorUnits = line.Amount };

    private static FdiLine Fdi(ReportLine line)
    {
        var detail = line.Fdi!;
        return new()
        {
            SourceEconomy = detail.Source,
            UltimateSourceEconomy = detail.UltimateSource,
            Investor = detail.Investor ?? "",
            Utilised = Money(line),
            Contracted = detail.ContractedCurrency is { } currency ? new() { Currency = currency, MinorUnits = detail.Contracted } : null,
            ProjectCount = detail.ProjectCount,
        };
    }

    private static LinkageLine Linkage(ReportLine line)
    {
        var message = new LinkageLine { Purchases = Money(line) };
        var (kind, id) = (line.Supplier!.Kind, line.Supplier.Id);
        switch (kind)
        {
            case SupplierKind.Enterprise: message.Enterprise = "enterprises/" + id; break;
            case SupplierKind.UnregisteredCode: message.UnregisteredCode = id; break;
            case SupplierKind.Region: message.Region = "regions/" + id; break;
            default: message.SourceEconomy = id; break;
        }
        return message;
    }
}
