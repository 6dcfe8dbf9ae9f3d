using System.Text.Json;
using ClusterPulse.Clusters;
using ClusterPulse.Facts;
using ClusterPulse.Maintenance;
using Microsoft.Data.Sqlite;

namespace ClusterPulse.Silo.Sqlite;

/// <summary>Writes changes within one transaction. A change whose version does not hold any more writes nothing.</summary>
internal sealed class ChangeApplier(WriterStatements statements, SqliteTransaction transaction, DateTimeOffset now)
{
    private readonly string _now = Columns.Time(now);

    /// <summary>Whether the change was applied.</summary>
    public bool Apply(Change change) => change switch
    {
        EnterpriseChange enterprise => Apply(enterprise),
        ReceiptChange receipt => Apply(receipt),
        SubmissionCreated s => statements.InsertSubmission.With(transaction, s.Bureau, s.Submission, s.Sha256, _now).Run() > 0,
        SubmissionFinalized s => statements.FinalizeSubmission.With(transaction, s.Bureau, s.Submission, s.Rows, _now).Run() > 0,
        SubmissionWithdrawn s => statements.WithdrawSubmission.With(transaction, s.Bureau, s.Submission, s.By, s.Reason, _now).Run() > 0,
        WithdrawalProgressed p => statements.ProgressWithdrawal.With(
            transaction, p.Bureau, p.Submission, p.FromRow, p.NextRow, p.Reports, p.Finished, _now).Run() > 0,
        WithdrawalRestarted s => statements.RestartWithdrawal.With(transaction, s.Bureau, s.Submission).Run() > 0,
        EstateChange { Estate: var e } => statements.InsertEstate.With(
            transaction, e.Id, e.Region, e.NameZh, e.NameEn, e.ValidFrom.ToString(), Words.Of(e.Rank), e.ClosedFrom?.ToString()).Run() > 0,
        EstateUpdated { Estate: var e } => statements.UpdateEstate.With(
            transaction, e.Id, e.NameZh, e.NameEn, e.ValidFrom.ToString(), Words.Of(e.Rank), e.ClosedFrom?.ToString(), e.Version).Run() > 0,
        PeriodClosed p => statements.ClosePeriod.With(transaction, p.Feed.Word(), p.Period.ToString(), _now, p.ClosedBy).Run() > 0,
        ExchangeRateSet r => statements.PutExchangeRate.With(transaction, r.Currency, r.Target, r.Period.ToString(), r.Rate).Run() > 0,
        AlertPolicySet p => statements.InsertAlertPolicy.With(
            transaction, p.Region, p.Policy, p.Threshold, p.DecidedBy, p.Reason, _now).Run() > 0,
        RivalSetStored { Set: var s } r => statements.PutRivalSet.With(
            transaction, s.Id, r.ExpectedVersion, r.Deleted, s.NameZh, s.NameEn, CodeList.Text(s.Regions), CodeList.Text(s.Sources),
            CodeList.Text(s.Industries), r.DecidedBy, r.Reason, _now).Run() > 0,
        CalendarSet { Rules: var c } => statements.InsertCalendar.With(
            transaction, c.Version, CalendarRow.Feeds(c), c.WeekendsOff, CalendarRow.Days(c.Holidays), CalendarRow.Days(c.WorkingDays),
            c.DecidedBy, c.Reason, _now).Run() > 0,
        ObligationRuleStored { Rule: var o } r => statements.PutObligationRule.With(
            transaction, o.Id, o.Version, r.Deleted, o.Exempt, ObligationRuleRow.Feeds(o), CodeList.Text(o.Enterprises), CodeList.Text(o.Regions),
            CodeList.Text(o.Industries), ObligationRuleRow.Ownerships(o), ObligationRuleRow.Sizes(o), o.ValidFrom?.ToString(), o.ValidTo?.ToString(),
            r.DecidedBy, r.Reason, _now).Run() > 0,
        ClusterDefinitionSet { Definition: var d } c => statements.InsertClusterDefinition.With(
            transaction, d.Id, d.Version, d.NameZh, d.NameEn, CodeList.Text(d.Industries), CodeList.Text(d.Regions), c.Deleted, c.DecidedBy, _now).Run() > 0,
        ClusterWatchSet w => statements.InsertClusterWatch.With(
            transaction, w.Watch.Region, w.Watch.Cluster, w.Watched, w.DecidedBy, w.Reason, _now).Run() > 0,
        _ => throw new ArgumentException($"the store does not know {change.GetType().Name}", nameof(change)),
    };

    private bool Apply(EnterpriseChange change)
    {
        foreach (var supplier in change.Suppliers)
        {
            var version = statements.ProfileVersion.With(transaction, supplier.Supplier).Scalar() as long? ?? 0;
            if (version != supplier.ProfileVersion)
                return false;
        }
        var profileBump = change.Profiles.Count > 0 ? 1 : 0;
        var held = change.ExpectedVersion == 0
            ? statements.InsertEnterprise.With(transaction, change.Enterprise, profileBump).Run()
            : statements.BumpVersion.With(transaction, change.Enterprise, change.ExpectedVersion, profileBump).Run();
        if (held == 0)
            return false;
        foreach (var p in change.Profiles)
        {
            statements.PutProfile.With(
                transaction, change.Enterprise, p.ValidFrom.ToString(), p.Region, p.Estate, p.Industry, p.Ownership.Word(),
                p.InvestorEconomy, p.HiTech, p.Closed, p.NameZh, p.NameEn, p.Controlling, ProfileRow.Size(p), p.Successor).Run();
        }
        foreach (var write in change.Reports)
            Put(change.Enterprise, write);
        foreach (var write in change.Asides)
            Put(change.Enterprise, write);
        return true;
    }

    private void Put(string enterprise, AsideWrite write)
    {
        var (feed, period) = (write.Key.Feed.Word(), write.Key.Period.ToString());
        if (write is AsideWithdrawn { Withdrawal: var by } withdrawn)
        {
            statements.WithdrawAsides.With(
                transaction, enterprise, feed, period, write.Bureau, _now, by.Bureau, by.Reason, withdrawn.Submission).Run();
            return;
        }
        statements.ReplaceAsides.With(transaction, enterprise, feed, period, write.Bureau, _now).Run();
        if (write is AsideAdded { Report: var r, Content: var c })
        {
            statements.InsertAside.With(
                transaction, enterprise, feed, period, write.Bureau, r.Revision, Words.Of(c.Basis), Words.Of(c.Status), c.Nil,
                r.Origin.Submission, r.Origin.Row, unchecked((long)r.ContentHash), c.Note, r.Standing, _now,
                ReportRecordRow.LinesJson(write.Key.Feed, c.Lines)).Run();
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
                statements.Get(table.Archive, 6).With(
                    transaction, enterprise, feed.Word(), period, _now, write.Withdrawal?.Bureau, write.Withdrawal?.Reason).Run();
            }
            statements.Get(table.Delete, 2).With(transaction, enterprise, period).Run();
        }
        if (!write.Rejudged)
        {
            statements.PutReport.With(
                transaction, enterprise, feed.Word(), period, report.Revision, Words.Of(content.Basis), Words.Of(content.Status),
                content.Nil, report.Withdrawn, report.Origin.Bureau, report.Origin.Submission, report.Origin.Row,
                unchecked((long)report.ContentHash), content.Note, _now, report.Outlier, report.Standing,
                report.Chosen ? report.Origin.Bureau : null).Run();
        }
        if (write.Choice is { } choice)
        {
            statements.InsertChoice.With(
                transaction, enterprise, feed.Word(), period, report.Revision, choice.Bureau, choice.DecidedBy, choice.Reason, _now).Run();
        }
        var insert = statements.Get(table.Insert, table.Parameters);
        for (var i = 0; i < content.Lines.Length; i++)
            ReportTables.Bind(insert, transaction, feed, enterprise, period, i, content.Lines[i]).Run();
    }

    private bool Apply(ReceiptChange change)
    {
        var r = change.Receipt;
        var advanced = statements.AdvanceSubmission.With(
            transaction, change.Bureau, change.Submission, r.Offset, r.Count, r.Accepted, r.Duplicate, r.Revised, r.Rejected, r.Warned).Run();
        if (advanced == 0)
            return false;
        statements.InsertReceipt.With(
            transaction, change.Bureau, change.Submission, r.Offset, r.Count, r.Accepted, r.Duplicate, r.Revised, r.Rejected, r.Warned,
            JsonSerializer.Serialize(r.Rows), r.CommitToken, Columns.Time(r.CommitTime), r.RowsSha256, r.Sender).Run();
        return true;
    }
}
