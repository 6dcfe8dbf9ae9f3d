using ClusterPulse.Access;
using ClusterPulse.Gateway.Rights;
using ClusterPulse.UnitTests.Gateway;
using ClusterPulse.V1;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Xunit;

namespace ClusterPulse.UnitTests.Access;

/// <summary>Senders gone wild wait, and the others do not.</summary>
public sealed class RowRateTests
{
    private static readonly Caller Suzhou = new() { Id = "suzhou", Roles = Roles.Bureau, Bureau = "3205" };
    private static readonly Caller Wenzhou = new() { Id = "wenzhou", Roles = Roles.Bureau, Bureau = "3303" };

    [Fact]
    public async Task Who_has_had_his_burst_waits_and_others_do_not_and_too_many_waiting_are_refused()
    {
        using var rate = new RowRate(Options.Create(new RowRateOptions { RowsPerSecond = 10, Burst = 5_000, MostWaiting = 5_000 }));
        using var ending = new CancellationTokenSource();
        var message = new AppendReportsRequest { Reports = { Sample.Outputs(5_000) } };

        await rate.WaitAsync(Suzhou, message, ending.Token);
        var waiting = rate.WaitAsync(Suzhou, message, ending.Token).AsTask();
        Assert.False(waiting.IsCompleted);
        await rate.WaitAsync(Wenzhou, message, ending.Token);
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await rate.WaitAsync(Suzhou, message, ending.Token));

        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
        Assert.NotNull(refused.GetRpcStatus()!.GetDetail<Google.Rpc.RetryInfo>());
        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Messages_without_rows_cost_nothing()
    {
        using var rate = new RowRate(Options.Create(new RowRateOptions { RowsPerSecond = 10, Burst = 5_000, MostWaiting = 5_000 }));
        for (var i = 0; i < 20_000; i++)
            await rate.WaitAsync(Suzhou, i % 2 == 0 ? new AppendReportsRequest() : new GetHealthRequest(), TestContext.Current.CancellationToken);
        await rate.WaitAsync(Suzhou, new AppendReportsRequest { Reports = { Sample.Outputs(5_000) } }, TestContext.Current.CancellationToken);
    }
}
