using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ClusterPulse.Access;
using ClusterPulse.SystemTests.Support;
using ClusterPulse.V1;
using Google.Rpc;
using Grpc.Core;
using Xunit;

namespace ClusterPulse.SystemTests.Access;

/// <summary>Tokens that are not what they should be, and principals that come and go.</summary>
public sealed class TokenTests(AccessWorld world) : IClassFixture<AccessWorld>
{
    private static readonly string Viewer = AccessWorld.Wide(Roles.Viewer);

    [Fact]
    public async Task A_token_that_is_too_old_for_others_or_by_another_is_refused_and_says_which()
    {
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Assert.Equal(StatusCode.OK, (await AskAsync(world.Issuer.Token(Viewer))).StatusCode);
        Assert.Contains("expired", (await RefusedAsync(world.Issuer.Token(Viewer, life: TimeSpan.FromMinutes(-1)))).Detail, StringComparison.Ordinal);
        Assert.Contains("audience", (await RefusedAsync(world.Issuer.Token(Viewer, audience: "payroll"))).Detail, StringComparison.Ordinal);
        Assert.Contains("issuer", (await RefusedAsync(world.Issuer.Token(Viewer, issuer: "https://evil.test"))).Detail, StringComparison.Ordinal);
        Assert.Contains("not valid", (await RefusedAsync(world.Issuer.Token(Viewer, key: stranger))).Detail, StringComparison.Ordinal);
        Assert.Contains("not valid", (await RefusedAsync("garbage")).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_without_a_signature_or_signed_with_the_public_key_is_refused()
    {
        var body = world.Issuer.Token(Viewer).Split('.')[1];
        await RefusedAsync($"{Base64("""{"alg":"none","typ":"JWT"}""")}.{body}.");
        // The classic confusion: the public key's text as a shared secret.
        var head = Base64("""{"alg":"HS256","typ":"JWT","kid":"test"}""");
        var mac = HMACSHA256.HashData(await File.ReadAllBytesAsync(world.Issuer.KeysFile, TestContext.Current.CancellationToken), Encoding.ASCII.GetBytes($"{head}.{body}"));
        await RefusedAsync($"{head}.{body}.{Base64(mac)}");
    }

    [Fact]
    public async Task Who_is_no_principal_is_denied_and_rights_may_come_with_the_token()
    {
        var stranger = await AskAsync(world.Issuer.Token("stranger"));
        Assert.Equal(StatusCode.PermissionDenied, stranger.StatusCode);
        Assert.Contains("no principal", stranger.Detail, StringComparison.Ordinal);

        var claims = new Dictionary<string, object> { ["clusterpulse_role"] = "viewer", ["clusterpulse_division"] = new[] { "3205" } };
        Assert.Equal(StatusCode.OK, (await AskAsync(world.Issuer.Token("guest", claims: claims))).StatusCode);
        Assert.Equal(StatusCode.PermissionDenied, (await AskAsync(world.Issuer.Token("guest", claims: claims), "regions/3305")).StatusCode);
        // Whoever is listed does not widen his rights by a claim.
        claims["clusterpulse_division"] = new[] { "*" };
        Assert.Equal(StatusCode.PermissionDenied, (await AskAsync(world.Issuer.Token(AccessWorld.Narrow(Roles.Viewer), claims: claims), "regions/3305")).StatusCode);
    }

    [Fact]
    public async Task A_principal_taken_from_the_list_is_denied_without_a_restart_and_a_wrong_list_changes_nothing()
    {
        var comes = new { Id = "comes", Roles = "Viewer", Divisions = new[] { "3205" } };
        var token = world.Issuer.Token("comes");
        Assert.Equal(StatusCode.PermissionDenied, (await AskAsync(token)).StatusCode);

        world.Issuer.WriteAccess("Nobody", AccessWorld.Principals(comes));
        await Eventually.TrueAsync(async () => (await AskAsync(token)).StatusCode == StatusCode.OK);
        world.Issuer.WriteAccess("Nobody", AccessWorld.Principals(comes, new { Id = "wrong", Roles = "Viewer", Divisions = new[] { "nowhere" } }));
        await Task.Delay(1000, TestContext.Current.CancellationToken);
        Assert.Equal(StatusCode.OK, (await AskAsync(token)).StatusCode);
        world.Issuer.WriteAccess("Nobody", AccessWorld.Principals());
        await Eventually.TrueAsync(async () => (await AskAsync(token)).StatusCode == StatusCode.PermissionDenied);
    }

    [Fact]
    public async Task A_file_of_settings_that_breaks_or_is_taken_away_opens_nothing_and_shuts_nobody_out()
    {
        var told = world.Issuer.Token(Viewer);
        try
        {
            await File.WriteAllTextAsync(world.Issuer.AccessFile, "{ \"Access\": ", TestContext.Current.CancellationToken);
            await StaysAsync();
            // Whatever it says of others, who is let in unasked was settled at the start.
            world.Issuer.WriteAccess("Everybody", AccessWorld.Principals());
            await StaysAsync();
            File.Delete(world.Issuer.AccessFile);
            await StaysAsync();
        }
        finally
        {
            world.Issuer.WriteAccess("Nobody", AccessWorld.Principals());
        }

        async Task StaysAsync()
        {
            // The file is looked at 250 ms after it changed.
            for (var i = 0; i < 10; i++)
            {
                await Task.Delay(150, TestContext.Current.CancellationToken);
                Assert.Equal(StatusCode.OK, (await AskAsync(told)).StatusCode);
                Assert.Equal(StatusCode.Unauthenticated, (await AskAsync(null)).StatusCode);
            }
        }
    }

    [Theory]
    [InlineData("/healthz", "*", HttpStatusCode.OK)]
    [InlineData("/metrics", "Scraper Operator", HttpStatusCode.OK)]
    [InlineData("/metrics/domain", "Scraper Centre", HttpStatusCode.OK)]
    [InlineData("/nothing/here", "Bureau Centre Viewer Operator Scraper", HttpStatusCode.NotFound)]
    public async Task Paths_answer_those_whom_their_rows_name(string path, string roles, HttpStatusCode answer)
    {
        foreach (var role in AccessWorld.EachRole)
        {
            using var client = world.Client(AccessWorld.Wide(role));
            using var response = await client.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(roles == "*" || roles.Contains(role.ToString(), StringComparison.Ordinal) ? answer : HttpStatusCode.Forbidden, response.StatusCode);
        }
        using var nobody = world.Client(null);
        using var refused = await nobody.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(roles == "*" ? answer : HttpStatusCode.Unauthorized, refused.StatusCode);
        if (roles == "*")
            return;
        Assert.Equal("Bearer", Assert.Single(refused.Headers.WwwAuthenticate).Scheme);
        using var said = JsonDocument.Parse(await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal((int)Code.Unauthenticated, said.RootElement.GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task All_gauges_of_the_domain_are_not_for_a_scraper_of_one_division()
    {
        using var client = world.Client(AccessWorld.Narrow(Roles.Scraper));
        using var response = await client.GetAsync("/metrics/domain", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("Scraper", "32", HttpStatusCode.OK)]
    [InlineData("Scraper", "33", HttpStatusCode.Forbidden)]
    [InlineData("Centre", "32", HttpStatusCode.OK)]
    [InlineData("Viewer", "32", HttpStatusCode.Forbidden)]
    [InlineData("Operator", "32", HttpStatusCode.Forbidden)]
    public async Task The_gauges_of_a_province_are_for_its_own(string role, string province, HttpStatusCode answer)
    {
        var claims = new Dictionary<string, object> { ["clusterpulse_role"] = role, ["clusterpulse_division"] = "32" };
        using var client = world.Client(null);
        client.DefaultRequestHeaders.Authorization = new("Bearer", world.Issuer.Token("of-jiangsu", claims: claims));
        using var response = await client.GetAsync($"/metrics/domain/{province}", TestContext.Current.CancellationToken);
        Assert.Equal(answer, response.StatusCode);
    }

    [Fact]
    public async Task An_operator_audits_and_is_not_told_figures()
    {
        var admin = new AdminService.AdminServiceClient(world.Channel);
        var header = world.Issuer.Header(AccessWorld.Wide(Roles.Operator));
        using var listed = admin.RunAudit(new() { Listed = { "regions/3205" } }, header);
        var denied = await Assert.ThrowsAsync<RpcException>(() => listed.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        Assert.Equal(StatusCode.PermissionDenied, denied.StatusCode);

        AuditResult? result = null;
        using var audit = admin.RunAudit(new(), header);
        while (await audit.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
            result = audit.ResponseStream.Current.Result;
        Assert.Equal((0, 0, 0), (result!.Samples.Count, result.FigureSamples.Count, result.Listed.Count));
    }

    [Fact]
    public async Task A_stream_that_is_open_ends_with_the_rights_it_was_opened_by()
    {
        var goes = new { Id = "goes", Roles = "Bureau", Bureau = "goes", Divisions = new[] { "3205" }, Feeds = new[] { "output" } };
        var stays = new { Id = "stays", Roles = "Bureau", Bureau = "stays", Divisions = new[] { "3205" }, Feeds = new[] { "output" } };
        world.Issuer.WriteAccess("Nobody", AccessWorld.Principals(goes, stays));
        using var ending = await OpenAsync("goes");
        using var going = await OpenAsync("stays");

        world.Issuer.WriteAccess("Nobody", AccessWorld.Principals(stays));
        await Eventually.TrueAsync(async () => await CreateAsync("goes") == StatusCode.PermissionDenied);

        await NextAsync(going, "stays", 1);
        var ended = await Assert.ThrowsAsync<RpcException>(() => NextAsync(ending, "goes", 1));
        Assert.Equal(StatusCode.PermissionDenied, ended.StatusCode);
        // Nobody at all is a list too.
        world.Issuer.WriteAccess("Nobody");
        await Eventually.TrueAsync(async () => (await AskAsync(world.Issuer.Token(Viewer))).StatusCode == StatusCode.PermissionDenied);
        world.Issuer.WriteAccess("Nobody", AccessWorld.Principals());
        await Eventually.TrueAsync(async () => (await AskAsync(world.Issuer.Token(Viewer))).StatusCode == StatusCode.OK);

        async Task<AsyncDuplexStreamingCall<AppendReportsRequest, AppendReportsResponse>> OpenAsync(string id)
        {
            await Eventually.TrueAsync(async () => await CreateAsync(id) == StatusCode.OK);
            var call = new ReportingService.ReportingServiceClient(world.Channel).AppendReports(world.Issuer.Header(id));
            await NextAsync(call, id, 0);
            return call;
        }

        async Task<StatusCode> CreateAsync(string id)
        {
            try
            {
                await new ReportingService.ReportingServiceClient(world.Channel).CreateSubmissionAsync(
                    new() { Parent = $"bureaus/{id}", SubmissionId = "s" }, world.Issuer.Header(id));
                return StatusCode.OK;
            }
            catch (RpcException e)
            {
                return e.StatusCode;
            }
        }

        static async Task NextAsync(AsyncDuplexStreamingCall<AppendReportsRequest, AppendReportsResponse> call, string id, long offset)
        {
            // A row that is rejected does: it is answered all the same.
            await call.RequestStream.WriteAsync(new() { Submission = $"bureaus/{id}/submissions/s", Offset = offset, Reports = { new Report() } });
            Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        }
    }

    [Theory]
    [InlineData("", "wide-Centre")]
    [InlineData("王科长", "王科长 (wide-Centre)")]
    public async Task A_decision_names_the_principal_whomever_else_it_names(string decidedBy, string kept)
    {
        var obligations = new ObligationService.ObligationServiceClient(world.Channel);
        var header = world.Issuer.Header(AccessWorld.Wide(Roles.Centre));

        await obligations.UpdateReportingCalendarAsync(
            new() { ReportingCalendar = new() { Name = "reportingCalendar", Holidays = { "2005-10-01" } }, UpdateMask = new() { Paths = { "holidays" } }, DecidedBy = decidedBy, Reason = "test" }, header);

        Assert.Equal(kept, (await obligations.GetReportingCalendarAsync(new() { Name = "reportingCalendar" }, header)).DecidedBy);
    }

    private async Task<Grpc.Core.Status> AskAsync(string? token, string place = "regions/3205")
    {
        try
        {
            await new IndicatorService.IndicatorServiceClient(world.Channel).GetHealthAsync(new() { Name = place }, token is null ? null : TestIssuer.HeaderOf(token));
            return Grpc.Core.Status.DefaultSuccess;
        }
        catch (RpcException e)
        {
            return e.Status;
        }
    }

    private async Task<Grpc.Core.Status> RefusedAsync(string token)
    {
        var status = await AskAsync(token);
        Assert.Equal(StatusCode.Unauthenticated, status.StatusCode);
        return status;
    }

    private static string Base64(string text) => Base64(Encoding.UTF8.GetBytes(text));

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
