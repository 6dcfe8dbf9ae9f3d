using ClusterPulse.V1;
using Grpc.Core;
using Xunit;

namespace ClusterPulse.SystemTests.Api;

/// <summary>What one test has for itself on a server that others use too: a county, a firm in it, and a bureau with a submission.</summary>
internal sealed class OwnGround(Reference.Region county)
{
    /// <summary>Name of the firm, which is foreign-funded.</summary>
    public string Firm => $"enterprises/org-A{county.Code}A1";

    public string County => "regions/" + county.Code;

    public string Prefecture => "regions/" + county.Parent!.Code;

    public string Province => "regions/" + county.Parent!.Parent!.Code;

    public string PrefectureZh => county.Parent!.NameZh;

    public string Bureau => "bureaus/" + county.Code;

    public string Submission => Bureau + "/submissions/s1";

    public async Task PrepareAsync(ChannelBase channel)
    {
        await new RegistryService.RegistryServiceClient(channel).UpdateEnterpriseAsync(new()
        {
            AllowMissing = true,
            Enterprise = new() { Name = Firm, ValidFrom = "2003-01", Region = county.Code, Industry = "391", Ownership = Ownership.Foreign },
        });
        await new ReportingService.ReportingServiceClient(channel).CreateSubmissionAsync(new() { Parent = Bureau, SubmissionId = "s1" });
    }

    public Report Output(string period, long fen) => new()
    {
        Enterprise = Firm,
        Period = period,
        Feed = Feed.Output,
        Output = new() { Value = new() { Currency = "CNY", MinorUnits = fen } },
    };

    /// <summary>Sends one batch and reads its answer.</summary>
    public async Task<AppendReportsResponse> SendAsync(
        AsyncDuplexStreamingCall<AppendReportsRequest, AppendReportsResponse> call, long offset, params Report[] reports)
    {
        await call.RequestStream.WriteAsync(new() { Submission = Submission, Offset = offset, Reports = { reports } });
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        return call.ResponseStream.Current;
    }

    /// <summary>Reads a watch until a message is found.</summary>
    public static async Task<WatchHealthResponse> UntilAsync(AsyncServerStreamingCall<WatchHealthResponse> call, Func<WatchHealthResponse, bool> found)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await call.ResponseStream.MoveNext(patience.Token))
        {
            Assert.NotEmpty(call.ResponseStream.Current.ResumeToken);
            if (found(call.ResponseStream.Current))
                return call.ResponseStream.Current;
        }
        throw new InvalidOperationException("the stream ended");
    }
}
