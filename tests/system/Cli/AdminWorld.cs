using ClusterPulse.SystemTests.Support;
using ClusterPulse.V1;
using Xunit;

namespace ClusterPulse.SystemTests.Cli;

/// <summary>The running program with three firms of one county and two months of their output.</summary>
public sealed class AdminWorld : IAsyncLifetime
{
    private static readonly string[] Firms = ["org-AAAAAAAA1", "org-AAAAAAAA2", "org-AAAAAAAA3"];

    private readonly TempFolder _folder = new();
    private GatewayProcess _gateway = null!;

    public string Server => $"http://127.0.0.1:{_gateway.GrpcPort}";

    public int HttpPort => _gateway.HttpPort;

    public string Folder => _folder.Path;

    public async ValueTask InitializeAsync()
    {
        await StartAsync();
        var registry = new RegistryService.RegistryServiceClient(_gateway.Channel);
        foreach (var firm in Firms)
        {
            await registry.UpdateEnterpriseAsync(new()
            {
                AllowMissing = true,
                Enterprise = new() { Name = $"enterprises/{firm}", ValidFrom = "2003-01", Region = "320583", Industry = "391", Ownership = Ownership.Foreign },
            });
        }
        var answer = await new ReportingService.ReportingServiceClient(_gateway.Channel).BatchCreateReportsAsync(new()
        {
            Parent = "bureaus/3205",
            RequestId = "r1",
            Reports = { Firms.SelectMany(f => new[] { Output(f, "2004-09", 100), Output(f, "2004-10", 200) }) },
        });
        Assert.Equal(6, answer.Receipt.Accepted);
    }

    public async Task StartAsync() => _gateway = await GatewayProcess.StartHealthyAsync(_folder.Path, "--as-of", "2004-12-31");

    public async Task StopAsync() => await _gateway.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }

    private static Report Output(string firm, string period, long fen) => new()
    {
        Enterprise = firm,
        Period = period,
        Feed = Feed.Output,
        Output = new() { Value = new() { Currency = "CNY", MinorUnits = fen } },
    };
}
