using ClusterPulse.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace ClusterPulse.Benchmarks.Comparison;

/// <summary>ClusterPulse as shipped, over gRPC: validation, history, receipts, commit log and checkpoints on.</summary>
internal sealed class Product(string name, Func<Task<ProductServers>> start) : ILiveSubject
{
    private const int BatchRows = 2_000;
    private const int UnansweredBatches = 2;

    private ProductServers _servers = null!;
    private GrpcChannel _channel = null!;
    private World _world = null!;

    public string Name => name;

    public async Task StartAsync(World world)
    {
        _world = world;
        _servers = await start();
        _channel = GrpcChannel.ForAddress(Address);
        var registry = new RegistryService.RegistryServiceClient(_channel);
        foreach (var estate in world.Estates)
        {
            await registry.CreateEstateAsync(new()
            {
                EstateId = estate.Id,
                Estate = new() { Region = estate.County, ValidFrom = World.Period(0), DisplayName = new() { En = estate.Id, Zh = estate.Id } },
            });
        }
        using var call = registry.ImportEnterprises();
        var offset = 0L;
        foreach (var batch in Enumerable.Range(0, world.Enterprises).Chunk(BatchRows))
        {
            await call.RequestStream.WriteAsync(new() { Offset = offset, Enterprises = { batch.Select(Profile) } });
            if (!await call.ResponseStream.MoveNext(default) || call.ResponseStream.Current.Receipt.Rejected > 0)
                throw new InvalidOperationException($"enterprises were rejected: {call.ResponseStream.Current}");
            offset += batch.Length;
        }
        await call.RequestStream.CompleteAsync();
        await call.ResponseStream.MoveNext(default);
    }

    public async Task IngestAsync(string label, IEnumerable<Fact> facts)
    {
        var client = new ReportingService.ReportingServiceClient(_channel);
        var submission = await client.CreateSubmissionAsync(new() { Parent = "bureaus/bench", SubmissionId = label });
        using var call = client.AppendReports();
        using var unanswered = new SemaphoreSlim(UnansweredBatches);
        var answers = Task.Run(async () =>
        {
            await foreach (var answer in call.ResponseStream.ReadAllAsync())
            {
                if (answer.Receipt is not { Rejected: 0, Duplicate: 0 })
                    throw new InvalidOperationException($"reports were not taken: {answer}");
                unanswered.Release();
            }
        });
        var offset = 0L;
        foreach (var batch in facts.Chunk(BatchRows))
        {
            var request = new AppendReportsRequest { Submission = submission.Name, Offset = offset };
            foreach (var fact in batch)
                request.Reports.Add(ToReport(fact));
            if (await Task.WhenAny(unanswered.WaitAsync(), answers) == answers)
                await answers;
            await call.RequestStream.WriteAsync(request);
            offset += batch.Length;
        }
        await call.RequestStream.CompleteAsync();
        await answers;
    }

    public async Task IngestOneAsync(string label, Fact fact)
    {
        var answer = await new ReportingService.ReportingServiceClient(_channel).BatchCreateReportsAsync(
            new() { Parent = "bureaus/bench", RequestId = label, Reports = { ToReport(fact) } });
        if (answer.Receipt.Rejected > 0)
            throw new InvalidOperationException($"a report was not taken: {answer}");
    }

    public async Task SettleAsync()
    {
        await new AdminService.AdminServiceClient(_channel).CheckpointAsync(new());
        await _servers.SettleAsync();
    }

    public Task ScrapeAsync() => _servers.ScrapeAsync();

    public Task<Gauges> ReadGaugesAsync() => _servers.ReadGaugesAsync();

    public Watchers Watch(int count) => new(Address, _world, count);

    public Task KillAsync() => _servers.KillAsync();

    public Task RestartAsync() => _servers.RestartAsync();

    public ProcessUse Use() => _servers.Use();

    public async ValueTask DisposeAsync()
    {
        _channel?.Dispose();
        if (_servers is not null)
            await _servers.DisposeAsync();
    }

    private string Address => $"http://127.0.0.1:{_servers.GrpcPort}";

    private Enterprise Profile(int enterprise) => new()
    {
        Name = World.Name(enterprise),
        ValidFrom = World.Period(0),
        Region = _world.County(enterprise).Code,
        Estate = _world.Estate(enterprise)?.Id ?? "",
        Industry = _world.Division(enterprise),
        Ownership = World.Source(enterprise) is "HK" or "TW" ? Ownership.Hmt : Ownership.Foreign,
        InvestorEconomy = World.Source(enterprise),
    };

    private Report ToReport(in Fact fact)
    {
        var report = new Report { Enterprise = World.Name(fact.Enterprise), Feed = fact.Feed, Period = World.Period(fact.Month) };
        switch (fact.Feed)
        {
            case Feed.Output:
                report.Output = new() { Value = Cny(fact.Amount) };
                break;
            case Feed.Export:
                report.Export = new() { Value = Cny(fact.Amount) };
                break;
            case Feed.Employment:
                report.Employment = new() { Persons = fact.Amount };
                break;
            case Feed.Fdi:
                report.Fdi = new() { Lines = { new FdiLine { SourceEconomy = World.Source(fact.Enterprise), Utilised = Cny(fact.Amount) } } };
                break;
            default:
                report.Linkage = new() { Lines = { new LinkageLine { Enterprise = World.Name(_world.Supplier(fact.Enterprise)), Purchases = Cny(fact.Amount) } } };
                break;
        }
        return report;
    }

    private static Money Cny(long fen) => new() { Currency = "CNY", MinorUnits = fen };
}
