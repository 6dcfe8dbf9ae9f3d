using System.Net;
using System.Text;
using ClusterPulse.SystemTests.Support;
using ClusterPulse.UnitTests.Gateway;
using ClusterPulse.V1;
using Google.Protobuf;
using Grpc.Core;
using Xunit;

namespace ClusterPulse.SystemTests.Api;

/// <summary>Bytes of all kinds, over the wire: each is answered as the caller's mistake or taken, and what was taken is what is stored.</summary>
[Collection(GatewayCollection.Name)]
public sealed class MalformedMessagesTests : IAsyncLifetime
{
    private const int Messages = 2_000;
    private const int AtOnce = 16;

    private static readonly StatusCode[] Mistakes = [StatusCode.InvalidArgument, StatusCode.OutOfRange, StatusCode.NotFound, StatusCode.FailedPrecondition];

    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(b => b, b => b);

    private readonly GatewayProcess _gateway;
    private readonly OwnGround _ground;
    private readonly ReportingService.ReportingServiceClient _reporting;

    public MalformedMessagesTests(RunningGateway running)
    {
        (_gateway, _ground) = (running.Gateway, running.NextGround());
        _reporting = new(_gateway.Channel);
    }

    public async ValueTask InitializeAsync() => await _ground.PrepareAsync(_gateway.Channel);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Each_message_is_the_callers_mistake_or_taken_and_what_was_taken_is_stored_whole()
    {
        var method = Call(MethodType.Unary, "BatchCreateReports");
        var malformed = new MalformedMessages(7, _ground.Firm);
        var messages = Enumerable.Range(0, Messages).Select(_ => malformed.Next(_ground.Bureau)).ToArray();
        var taken = new List<(byte[] Message, Receipt Receipt)>();
        var mistakes = 0;
        await Parallel.ForEachAsync(messages, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (message, cancellation) =>
        {
            try
            {
                var answer = await _gateway.Channel.CreateCallInvoker()
                    .AsyncUnaryCall(method, null, new CallOptions(cancellationToken: cancellation), message);
                lock (taken)
                    taken.Add((message, BatchCreateReportsResponse.Parser.ParseFrom(answer).Receipt));
            }
            catch (RpcException e)
            {
                Assert.True(Mistakes.Contains(e.StatusCode), $"{e.Status} for {Convert.ToHexString(message)}");
                Assert.NotEmpty(e.Trailers.GetValueBytes("grpc-status-details-bin") ?? []);
                Interlocked.Increment(ref mistakes);
            }
        });

        Assert.True(taken.Count > 200 && mistakes > 200, $"{taken.Count} taken, {mistakes} mistakes");
        var keys = new HashSet<(Feed, string)>();
        foreach (var (message, receipt) in taken)
        {
            var request = BatchCreateReportsRequest.Parser.ParseFrom(message);
            Assert.Equal(request.Reports.Count, receipt.Accepted + receipt.Duplicate + receipt.Revised + receipt.Rejected);
            var rejected = receipt.Rows.Where(r => r.Outcome == RowOutcome.Rejected).ToDictionary(r => r.Row);
            Assert.All(rejected.Values, r => Assert.NotEmpty(r.Violations));
            if (!request.ValidateOnly && !receipt.Replayed)
                keys.UnionWith(request.Reports.Where((_, i) => !rejected.ContainsKey(i)).Select(r => (r.Feed, r.Period)));
        }
        var stored = await _reporting.ListReportsAsync(new() { Parent = _ground.Firm, PageSize = 1_000 });
        Assert.Equal(keys.OrderBy(k => k), stored.Reports.Select(r => (r.Report.Feed, r.Report.Period)).OrderBy(k => k));
        Assert.All(stored.Reports, r => Assert.NotEqual(r.Report.Nil, r.Report.BodyCase != V1.Report.BodyOneofCase.None));
    }

    [Fact]
    public async Task A_stream_of_bytes_or_of_wrong_offsets_ends_with_the_callers_mistake_and_leaves_the_submission_as_it_was()
    {
        var method = Call(MethodType.DuplexStreaming, "AppendReports");
        var malformed = new MalformedMessages(8, _ground.Firm);
        for (var i = 0; i < 200; i++)
        {
            byte[] message = i % 2 == 0
                ? malformed.Next(_ground.Bureau)
                : new AppendReportsRequest { Submission = _ground.Submission, Offset = i % 4 == 1 ? long.MaxValue - i : -i, Reports = { _ground.Output("2004-10", i) } }.ToByteArray();
            using var call = _gateway.Channel.CreateCallInvoker().AsyncDuplexStreamingCall(method, null, default);
            var error = await Assert.ThrowsAsync<RpcException>(async () =>
            {
                await call.RequestStream.WriteAsync(message);
                await call.RequestStream.CompleteAsync();
                while (await call.ResponseStream.MoveNext(CancellationToken.None))
                {
                    // An error of the answer comes before that of the call.
                }
            });
            Assert.Contains(error.StatusCode, Mistakes);
        }

        Assert.Equal(0, (await _reporting.GetSubmissionAsync(new() { Name = _ground.Submission })).NextOffset);
    }

    [Fact]
    public async Task Json_that_is_none_or_nested_too_deeply_is_a_bad_request()
    {
        string[] bodies = ["", "{", "[]", "null", "\"x\"", "{\"reports\": 7}", "{\"reports\": [{\"feed\": \"NONE\"}]}", new string('[', 20_000),
            string.Concat(Enumerable.Repeat("{\"reports\":", 5_000)), "{\"reports\":[{\"output\":{\"value\":{\"minorUnits\":\"1e99\"}}}]}", "\0\0\0"];
        using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{_gateway.HttpPort}") };
        foreach (var body in bodies)
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync(
                new Uri($"/v1/{_ground.Bureau}/reports:batchCreate", UriKind.Relative), content, TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{body[..Math.Min(30, body.Length)]}: {answer.StatusCode}");
        }
    }

    private static Method<byte[], byte[]> Call(MethodType type, string name) => new(type, ReportingService.Descriptor.FullName, name, Bytes, Bytes);
}
