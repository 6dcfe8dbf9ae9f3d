using System.Collections.Immutable;
using ClusterPulse.Facts;
using ClusterPulse.Ingest;

namespace ClusterPulse.Enterprises;

/// <content>What comes from bureaus.</content>
public sealed partial class EnterpriseGrain
{
    public async ValueTask<IngestAnswer> ReportAsync(string bureau, string submission, ImmutableArray<ReportRow> rows)
    {
        var written = new List<ReportKey>(rows.Length);
        var told = await ChangeAsync(async draft =>
        {
            var answer = new AnswerBuilder();
            written.Clear();
            await DecideAsync(draft, bureau, submission, rows, answer, written);
            return answer;
        });
        Observe(written);
        return told;
    }

    public async ValueTask<BatchReceipt?> ReportWholeAsync(WholeSubmission submission)
    {
        var written = new List<ReportKey>(submission.Rows.Length);
        var answer = new AnswerBuilder();
        answer.Add(submission.Rejected);
        var draft = new EnterpriseDraft(await LoadAsync(), geography);
        await DecideAsync(draft, submission.Bureau, submission.Submission, submission.Rows, answer, written);
        if (!draft.IsChanged || !await KnowsEstatesAsync(draft.State))
            return null;
        var receipt = answer.ToReceipt(0, submission.Count, time.GetUtcNow()) with
        {
            RowsSha256 = submission.RowsSha256,
            Sender = submission.Sender,
        };
        var ticket = await CommitAsync(draft, new(submission.Bureau, submission.Submission, receipt));
        if (!ticket.Applied)
            return null;
        // Here, since who asked may not wait any more.
        metrics.Answered(receipt);
        Observe(written);
        return receipt with { CommitToken = CommitToken.Format(ticket.Writer, ticket.Sequence) };
    }

    /// <summary>Decides on rows in order: what becomes of each, and what it changes.</summary>
    private async ValueTask DecideAsync(
        EnterpriseDraft draft, string bureau, string submission, ImmutableArray<ReportRow> rows, AnswerBuilder answer, List<ReportKey> written)
    {
        foreach (var row in rows)
        {
            if (DivisionRule.Violation(row.Divisions, draft.State.ProfileAt(row.Key.Period), geography, out var standing) is { } elsewhere)
            {
                answer.Add(row.Row, RowOutcome.Rejected, [elsewhere], []);
                continue;
            }
            var judged = row with { Content = await JudgeAsync(row.Content, row.Key.Period, draft) };
            var decision = ReportRules.Decide(draft.State, judged, new(bureau, submission, row.Row), standing);
            var warnings = decision.Warnings;
            if (decision.Report is { } report)
            {
                var outlier = peers.Judge(draft.State, row.Key, report);
                draft.Write(new(row.Key, report with { Outlier = outlier is not null }));
                written.Add(row.Key);
                if (SoftWarnings.Of(draft.State, row.Key, outlier) is { } suspicion)
                    warnings = warnings.Add(suspicion);
            }
            if (decision.Aside is { } aside)
                draft.PutAside(new AsideAdded(aside, judged.Content));
            answer.Add(row.Row, decision.Outcome, decision.Violations, warnings);
        }
    }

    /// <summary>Others are judged by what is stored, and by nothing that never was.</summary>
    private void Observe(List<ReportKey> written)
    {
        if (_state is not { } stored)
            return;
        foreach (var key in written)
            peers.Observe(stored, key);
    }

    private async ValueTask<ReportContent> JudgeAsync(ReportContent content, Month period, EnterpriseDraft draft)
    {
        ImmutableArray<ReportLine>.Builder? judged = null;
        for (var i = 0; i < content.Lines.Length; i++)
        {
            if (content.Lines[i].Supplier is not { Kind: SupplierKind.Enterprise } supplier)
                continue;
            judged ??= content.Lines.ToBuilder();
            var judgement = await suppliers.JudgeAsync(supplier.Id, period);
            judged[i] = judged[i] with { Supplier = supplier with { Judgement = judgement } };
            draft.Judged(supplier.Id, judgement.ProfileVersion);
        }
        return judged is null ? content : content with { Lines = judged.MoveToImmutable() };
    }
}
