using System.Text.Json;
using ClusterPulse.Clusters;
using ClusterPulse.Facts;
using ClusterPulse.Maintenance;

namespace ClusterPulse.Silo.Sqlite;

/// <summary>Writes changes within one transaction. A change whose version does not hold any more writes nothing.</summary>
/// <param name="statements">Of the connection that writes.</param>
/// <param name="token">The commit's own token.</param>
/// <param name="now">Time.</param>
internal sealed class ChangeApplier(WriterStatements statements, string token, DateTimeOffset now)
{
    private readonly string _now = Columns.Time(now);

    /// <summary>Whether the change was applied.</summary>
    public bool Apply(Change change) => change switch
    {
        EnterpriseChange enterprise => Apply(enterprise),
        ReceiptChange receipt => Apply(receipt),
        SubmissionCreated s => statements.InsertSubmission.Run(s.Bureau, s.Submission, s.Sha256, _now) > 0,
        SubmissionFinalized s => statements.FinalizeSubmission.Run(s.Bureau, s.Submission, s.Rows, _now) > 0,
        SubmissionWithdrawn s => statements.WithdrawSubmission.Run(s.Bureau, s.Submission, s.By, s.Reason, _now) > 0,
        WithdrawalProgressed p => statements.ProgressWithdrawal.Run(
            p.Bureau, p.Submission, p.FromRow, p.NextRow, p.Reports, p.Finished, _now) > 0,
        WithdrawalRestarted s => statements.RestartWithdrawal.Run(s.Bureau, s.Submission) > 0,
        EstateChange { Estate: var e } => statements.InsertEstate.Run(
            e.Id, e.Region, e.NameZh, e.NameEn, e.ValidFrom.ToString(), Words.Of(e.Rank), e.ClosedFrom?.ToString()) > 0,
        EstateUpdated { Estate: var e } => statements.UpdateEstate.Run(
            e.Id, e.NameZh, e.NameEn, e.ValidFrom.ToString(), Words.Of(e.Rank), e.ClosedFrom?.ToString(), e.Version) > 0,
        PeriodClosed p => statements.ClosePeriod.Run(p.Feed.Word(), p.Period.ToString(), _now, p.ClosedBy) > 0,
        ExchangeRateSet r => statements.PutExchangeRate.Run(r.Currency, r.Target, r.Period.ToString(), r.Rate) > 0,
        AlertPolicySet p => statements.InsertAlertPolicy.Run(
            p.Region, p.Policy, p.Threshold, p.DecidedBy, p.Reason, _now) > 0,
        RivalSetStored { Set: var s } r => statements.PutRivalSet.Run(
            s.Id, r.ExpectedVersion, r.Deleted, s.NameZh, s.NameEn, CodeList.Text(s.Regions), CodeList.Text(s.Sources),
            CodeList.Text(s.Industries), r.DecidedBy, r.Reason, _now) > 0,
        CalendarSet { Rules: var c } => statements.InsertCalendar.Run(
            c.Version, CalendarRow.Feeds(c), c.WeekendsOff, CalendarRow.Days(c.Holidays), CalendarRow.Days(c.WorkingDays),
            c.DecidedBy, c.Reason, _now) > 0,
        ObligationRuleStored { Rule: var o } r => statements.PutObligationRule.Run(
            o.Id, o.Version, r.Deleted, o.Exempt, ObligationRuleRow.Feeds(o), CodeList.Text(o.Enterprises), CodeList.Text(o.Regions),
            CodeList.Text(o.Industries), ObligationRuleRow.Ownerships(o), ObligationRuleRow.Sizes(o), o.ValidFrom?.ToString(), o.ValidTo?.ToString(),
            r.DecidedBy, r.Reason, _now) > 0,
        ClusterDefinitionSet { Definition: var d } c => statements.InsertClusterDefinition.Run(
            d.Id, d.Version, d.NameZh, d.NameEn, CodeList.Text(d.Industries), CodeList.Text(d.Regions), c.Deleted, c.DecidedBy, _now) > 0,
        ClusterWatchSet w => statements.InsertClusterWatch.Run(
            w.Watch.Region, w.Watch.Cluster, w.Watched, w.DecidedBy, w.Reason, _now) > 0,
        _ => throw new ArgumentException($"the store does not know {change.GetType().Name}", nameof(change)),
    };

    private bool Apply(EnterpriseChange change)
    {
        foreach (var supplier in change.Suppliers)
        {
            var version = statements.ProfileVersion.Number(supplier.Supplier) ?? 0;
            if (version != supplier.ProfileVersion)
                return false;
        }
        if (change.Answer is { } whole && statements.HasSubmission.Number(whole.Bureau, whole.Submission) is not null)
            return false;
        var profileBump = change.Profiles.Count > 0 ? 1 : 0;
        var held = change.ExpectedVersion == 0
            ? statements.InsertEnterprise.Run(change.Enterprise, profileBump)
            : statements.BumpVersion.Run(change.Enterprise, change.ExpectedVersion, profileBump);
        if (held == 0)
            return false;
        foreach (var p in change.Profiles)
        {
            statements.PutProfile.Run(
                change.Enterprise, p.ValidFrom.ToString(), p.Region, p.Estate, p.Industry, p.Ownership.Word(),
                p.InvestorEconomy, p.HiTech, p.Closed, p.NameZh, p.NameEn, p.Controlling, ProfileRow.Size(p), p.Successor);
        }
        foreach (var write in change.Reports)
            Put(change.Enterprise, write);
        foreach (var write in change.Asides)
            Put(change.Enterprise, write);
        if (change.Answer is { } answer)
        {
            statements.InsertSubmission.Run(answer.Bureau, answer.Submission, (string?)null, _now);
            if (!Apply(answer with { Receipt = answer.Receipt with { CommitToken = token } }))
                throw new ArgumentException("the answer to a whole submission begins at row 0 and is of some rows", nameof(change));
        }
        return true;
    }

    private void Put(string enterprise, AsideWrite write)
    {
        var (feed, period) = (write.Key.Feed.Word(), write.Key.Period.ToString());
        if (write is AsideWithdrawn { Withdrawal: var by } withdrawn)
        {
            statements.WithdrawAsides.Run(
                enterprise, feed, period, write.Bureau, _now, by.Bureau, by.Reason, withdrawn.Submission);
            return;
        }
        statements.ReplaceAsides.Run(enterprise, feed, period, write.Bureau, _now);
        if (write is AsideAdded { Report: var r, Content: var c })
        {
            statements.InsertAside.Run(
                enterprise, feed, period, write.Bureau, r.Revision, Words.Of(c.Basis), Words.Of(c.Status), c.Nil,
                r.Origin.Submission, r.Origin.Row, unchecked((long)r.ContentHash), c.Note, r.Standing, _now,
                ReportRecordRow.LinesJson(write.Key.Feed, c.Lines));
        }
    }

    private void Put(string enterprise, ReportWrite write)
    {
        var feed = write.Key.Feed;
        var period = write.Key.Period.ToString();
        var report = write.Report;
        var content = report.Content;
        var table = ReportTables.Of(feed);
        if (report.Revision > 1 || write.Rejudged || write.Withdrawal is not null)
        {
            if (!write.Rejudged)
            {
                statements.Get(table.Archive).Run(
                    enterprise, feed.Word(), period, _now, write.Withdrawal?.Bureau, write.Withdrawal?.Reason);
            }
            statements.Get(table.Delete).Run(enterprise, period);
        }
        if (!write.Rejudged)
        {
            statements.PutReport.Run(
                enterprise, feed.Word(), period, report.Revision, Words.Of(content.Basis), Words.Of(content.Status),
                content.Nil, report.Withdrawn, report.Origin.Bureau, report.Origin.Submission, report.Origin.Row,
                unchecked((long)report.ContentHash), content.Note, _now, report.Outlier, report.Standing,
                report.Chosen ? report.Origin.Bureau : null);
        }
        if (write.Choice is { } choice)
        {
            statements.InsertChoice.Run(
                enterprise, feed.Word(), period, report.Revision, choice.Bureau, choice.DecidedBy, choice.Reason, _now);
        }
        var insert = statements.Get(table.Insert);
        for (var i = 0; i < content.Lines.Length; i++)
            ReportTables.Insert(insert, feed, enterprise, period, i, content.Lines[i]);
    }

    private bool Apply(ReceiptChange change)
    {
        var r = change.Receipt;
        var advanced = statements.AdvanceSubmission.Run(
            change.Bureau, change.Submission, r.Offset, r.Count, r.Accepted, r.Duplicate, r.Revised, r.Rejected, r.Warned);
        if (advanced == 0)
            return false;
        statements.InsertReceipt.Run(
            change.Bureau, change.Submission, r.Offset, r.Count, r.Accepted, r.Duplicate, r.Revised, r.Rejected, r.Warned,
            JsonSerializer.Serialize(r.Rows), r.CommitToken, Columns.Time(r.CommitTime), r.RowsSha256, r.Sender);
        return true;
    }
}
