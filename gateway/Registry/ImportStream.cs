using System.Globalization;
using ClusterPulse.Facts;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Gateway.Reporting;
using ClusterPulse.Ingest;
using ClusterPulse.V1;
using Google.Protobuf.Collections;
using Google.Rpc;
using Grpc.Core;
using EnterpriseChange = ClusterPulse.V1.EnterpriseChange;
using Status = Google.Rpc.Status;

namespace ClusterPulse.Gateway.Registry;

/// <summary>One ImportEnterprises stream. Batches are stored one after the other. With a submission what is durable is answered again and
/// gaps are refused; without one nothing remembers the offsets, and rows that were stored already come out as duplicates.</summary>
internal sealed class ImportStream(ProfileBatches batches, Admission admission, IGrainFactory grains)
{
    /// <summary>Answers until the sender is done.</summary>
    public async Task RunAsync(
        IAsyncStreamReader<ImportEnterprisesRequest> requests, IServerStreamWriter<ImportEnterprisesResponse> responses, CancellationToken stopping)
    {
        SubmissionIntake<EnterpriseChange>? intake = null;
        string? name = null;
        while (await requests.MoveNext(stopping))
        {
            var request = requests.Current;
            if (name is null && request.Submission.Length > 0)
                intake = await OpenAsync(request.Submission);
            name ??= request.Submission;
            if (request.Submission.Length > 0 && request.Submission != name)
                throw RichErrors.Invalid(new Violation("submission", request.Submission, Reasons.MalformedSubmission));
            var (receipt, error) = await AnswerAsync(intake, name, request, stopping);
            var response = new ImportEnterprisesResponse { NextOffset = intake?.NextOffset ?? request.Offset };
            if (error is not null)
            {
                response.Error = error;
                await responses.WriteAsync(response, CancellationToken.None);
                throw error.ToRpcException();
            }
            response.Receipt = receipt;
            response.NextOffset = intake?.NextOffset ?? request.Offset + Rows(request).Count;
            await responses.WriteAsync(response, CancellationToken.None);
        }
    }

    private async Task<SubmissionIntake<EnterpriseChange>> OpenAsync(string name)
    {
        var (bureau, id) = SubmissionName.Parse("submission", name);
        var submission = grains.GetGrain<ISubmissionGrain>(SubmissionName.Key(bureau, id));
        var intake = new SubmissionIntake<EnterpriseChange>(
            submission, async (offset, rows, skip) => await submission.RecordAsync(await batches.StoreAsync(offset, rows, skip)));
        return await intake.RefreshAsync()
            ? intake
            : throw RichErrors.NotFound(name, "Create it with CreateSubmission first.", "请先以 CreateSubmission 创建。");
    }

    private async Task<(Receipt? Receipt, Status? Error)> AnswerAsync(
        SubmissionIntake<EnterpriseChange>? intake, string name, ImportEnterprisesRequest request, CancellationToken stopping)
    {
        if (request.Enterprises.Count > 0 && request.Changes.Count > 0)
            throw RichErrors.Invalid(new Violation("changes", request.Changes.Count.ToString(CultureInfo.InvariantCulture), Reasons.MixedRows));
        if (request.Offset < 0)
            throw RichErrors.Invalid(new Violation("offset", request.Offset.ToString(CultureInfo.InvariantCulture), Reasons.OutOfBounds));
        var rows = Rows(request);
        if (BatchProcessor.TooLarge(rows.Count, request) is { } tooLarge)
            return (null, tooLarge);
        using var place = await admission.EnterAsync(stopping);
        try
        {
            if (intake is null)
                return ((await batches.StoreAsync(request.Offset, rows, 0)).ToMessage(), null);
            var (taken, receipt) = await intake.TakeAsync(request.Offset, rows);
            return taken switch
            {
                Taken.Beyond => (null, RichErrors.OutOfRange(request.Offset, intake.NextOffset)),
                Taken.Closed => throw RichErrors.Conflict(
                    Code.FailedPrecondition, $"{name} takes no more rows. Create another submission.", $"{name} 已不再接收数据，请另建报送批次。"),
                _ => (receipt!.ToMessage(replayed: taken == Taken.Replayed), null),
            };
        }
        catch (Exception e) when (RichErrors.IsTransient(e))
        {
            return (null, RichErrors.Unavailable("The batch could not be stored", "本批未能入库"));
        }
    }

    private static RepeatedField<EnterpriseChange> Rows(ImportEnterprisesRequest request)
    {
        if (request.Enterprises.Count == 0)
            return request.Changes;
        var rows = new RepeatedField<EnterpriseChange>();
        rows.AddRange(request.Enterprises.Select(e => new EnterpriseChange { Enterprise = e }));
        return rows;
    }
}
