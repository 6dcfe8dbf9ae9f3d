using System.Net;
using ClusterPulse.Access;
using ClusterPulse.V1;
using Grpc.Core;
using Xunit;

namespace ClusterPulse.SystemTests.Access;

/// <summary>Rows that are not the sender's are rejected by themselves, and enterprises are read by those in whose divisions they lie.</summary>
public sealed class RowScopeTests(AccessWorld world) : IClassFixture<AccessWorld>
{
    private const string Own = "enterprises/org-00000SZ01";
    private const string Others = "enterprises/org-00000WZ01";

    private readonly ReportingService.ReportingServiceClient _reporting = new(world.Channel);
    private readonly RegistryService.RegistryServiceClient _registry = new(world.Channel);

    private Metadata Narrow => world.Issuer.Header(AccessWorld.Narrow(Roles.Bureau));

    private Metadata Wide => world.Issuer.Header(AccessWorld.Wide(Roles.Bureau));

    [Fact]
    public async Task Of_a_batch_those_rows_land_whose_enterprise_and_feed_are_the_senders()
    {
        await RegisterAsync();
        var answer = await _reporting.BatchCreateReportsAsync(new()
        {
            Parent = "bureaus/3205",
            Reports = { Output(Own), Output(Others), new Report { Enterprise = Own, Feed = Feed.Employment, Period = "2004-10", Employment = new() { Persons = 10 } } },
        }, Narrow);

        Assert.Equal((1, 2), (answer.Receipt.Accepted, answer.Receipt.Rejected));
        Assert.Equal(AccessWorld.Narrow(Roles.Bureau), answer.Receipt.Sender);
        Assert.Equal(
            ["NOT_YOUR_DIVISION", "NOT_YOUR_FEED"], answer.Receipt.Rows.Where(r => r.Outcome == RowOutcome.Rejected).OrderBy(r => r.Row).Select(r => Assert.Single(r.Violations).Reason));
        Assert.All(answer.Receipt.Rows.Where(r => r.Violations.Count > 0), r => Assert.NotEmpty(r.Violations[0].Advice.Zh));
        // Nothing of what was rejected is there.
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(async () =>
            await _reporting.GetReportAsync(new() { Name = Others + "/reports/output.2004-10" }, Wide))).StatusCode);
    }

    [Fact]
    public async Task A_bureau_registers_in_its_divisions_and_moves_nothing_out_of_them_nor_into_them()
    {
        await RegisterAsync();
        using var import = _registry.ImportEnterprises(Narrow);
        await import.RequestStream.WriteAsync(new()
        {
            Enterprises = { Firm("enterprises/org-00000SZ02", "320505"), Firm("enterprises/org-00000WZ02", "330302"), Firm(Own, "330302"), Firm(Others, "320505") },
        });
        await import.RequestStream.CompleteAsync();
        Assert.True(await import.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        var receipt = import.ResponseStream.Current.Receipt;

        Assert.Equal((1, 3), (receipt.Accepted, receipt.Rejected));
        Assert.All(receipt.Rows.Where(r => r.Outcome == RowOutcome.Rejected), r => Assert.Equal("NOT_YOUR_DIVISION", Assert.Single(r.Violations).Reason));
        await DeniedAsync(_registry.UpdateEnterpriseAsync(new() { Enterprise = Firm(Others, "320505"), AllowMissing = true }, Narrow));
        await DeniedAsync(_registry.UpdateEnterpriseAsync(new() { Enterprise = Firm(Own, "330302"), AllowMissing = true }, Narrow));
        await DeniedAsync(_registry.DeleteEnterpriseAsync(new() { Name = Others, Period = "2004-11" }, Narrow));
        Assert.Equal("320505", (await _registry.UpdateEnterpriseAsync(new() { Enterprise = Firm(Own, "320505") }, Narrow)).Region.Split('/')[^1]);
    }

    [Fact]
    public async Task Enterprises_and_their_reports_are_read_by_those_in_whose_divisions_they_lie()
    {
        await RegisterAsync();
        await _reporting.BatchCreateReportsAsync(new() { Parent = "bureaus/3205", Reports = { Output(Own, "2004-09"), Output(Others, "2004-09") } }, Wide);

        Assert.Equal(Own, (await _registry.GetEnterpriseAsync(new() { Name = Own }, Narrow)).Name);
        Assert.Equal(1, (await _reporting.GetReportAsync(new() { Name = Own + "/reports/output.2004-09" }, Narrow)).Report.Revision);
        await DeniedAsync(_registry.GetEnterpriseAsync(new() { Name = Others }, Narrow));
        await DeniedAsync(_reporting.GetReportAsync(new() { Name = Others + "/reports/output.2004-09" }, Narrow));
        await DeniedAsync(_reporting.ListReportsAsync(new() { Parent = Others }, Narrow));
        await DeniedAsync(_reporting.WithdrawReportAsync(new() { Name = Others + "/reports/output.2004-09", Bureau = "bureaus/3205", Reason = "x" }, Narrow));
        // At the level of aggregates nobody but a bureau sees single firms.
        await DeniedAsync(_registry.GetEnterpriseAsync(new() { Name = Own }, world.Issuer.Header(AccessWorld.Narrow(Roles.Viewer))));
        await DeniedAsync(_registry.ListEnterprisesAsync(new() { Region = "regions/3205" }, world.Issuer.Header(AccessWorld.Narrow(Roles.Centre))));
    }

    [Fact]
    public async Task Over_json_a_bureau_writes_to_itself_alone()
    {
        using var client = world.Client(AccessWorld.Narrow(Roles.Bureau));
        using var own = await client.PostAsync("/v1/bureaus/3205/submissions?submission_id=json", Empty(), TestContext.Current.CancellationToken);
        using var others = await client.PostAsync("/v1/bureaus/3303/submissions?submission_id=json", Empty(), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, others.StatusCode);

        static StringContent Empty() => new("{}", System.Text.Encoding.UTF8, "application/json");
    }

    private async Task RegisterAsync()
    {
        await _registry.UpdateEnterpriseAsync(new() { Enterprise = Firm(Own, "320505"), AllowMissing = true }, Wide);
        await _registry.UpdateEnterpriseAsync(new() { Enterprise = Firm(Others, "330302"), AllowMissing = true }, Wide);
    }

    private static async Task DeniedAsync<T>(AsyncUnaryCall<T> call) =>
        Assert.Equal(StatusCode.PermissionDenied, (await Assert.ThrowsAsync<RpcException>(async () => await call)).StatusCode);

    private static Enterprise Firm(string name, string region) => new()
    {
        Name = name, ValidFrom = "2003-01", Region = $"regions/{region}", Industry = "391", Ownership = Ownership.Private,
    };

    private static Report Output(string enterprise, string period = "2004-10") => new()
    {
        Enterprise = enterprise, Feed = Feed.Output, Period = period, Output = new() { Value = new() { Currency = "CNY", MinorUnits = 100 } },
    };
}
