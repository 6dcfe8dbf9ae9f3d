using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterPulse.SystemTests.Support;
using ClusterPulse.V1;
using Grpc.Core;
using Xunit;

namespace ClusterPulse.SystemTests.Access;

/// <summary>The log says who did what, and nothing by which others could do it too.</summary>
public sealed class SecrecyTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task No_token_stands_in_the_log_however_much_it_says()
    {
        using var issuer = new TestIssuer(_folder.Path);
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(
            issuer.WriteAccess("Nobody", new { Id = "viewer", Roles = "Viewer", Divisions = new[] { "3205" } }), TestContext.Current.CancellationToken))!;
        settings["Logging"] = JsonSerializer.SerializeToNode(new
        {
            LogLevel = new Dictionary<string, string> { ["Default"] = "Trace", ["Microsoft.AspNetCore"] = "Trace", ["Microsoft.IdentityModel"] = "Trace", ["Grpc"] = "Trace", ["ClusterPulse"] = "Trace" },
        });
        await File.WriteAllTextAsync(issuer.AccessFile, settings.ToJsonString(), TestContext.Current.CancellationToken);
        await using var gateway = await GatewayProcess.StartHealthyAsync(Path.Combine(_folder.Path, "data"), "--as-of", "2004-12-31", "--access", issuer.AccessFile);
        var client = new IndicatorService.IndicatorServiceClient(gateway.Channel);
        string[] tokens = [issuer.Token("viewer"), issuer.Token("viewer", life: TimeSpan.FromMinutes(-5)), issuer.Token("stranger"), issuer.Token("viewer", audience: "other")];
        foreach (var token in tokens)
        {
            try
            {
                await client.GetHealthAsync(new() { Name = "regions/3205" }, TestIssuer.HeaderOf(token));
            }
            catch (RpcException e)
            {
                // Nor does the caller learn anything of what is inside.
                Assert.DoesNotContain("Exception", e.Status.Detail, StringComparison.Ordinal);
                Assert.DoesNotContain("   at ", e.Status.Detail, StringComparison.Ordinal);
            }
        }

        await gateway.WhenPrintedAsync("'stranger' is authenticated but no principal here", seconds: 30);
        // It does say much: of the authentication too.
        Assert.Contains("dbug: Microsoft.AspNetCore", gateway.Output, StringComparison.Ordinal);
        Assert.Contains("JwtBearer", gateway.Output, StringComparison.Ordinal);
        foreach (var token in tokens)
        {
            Assert.DoesNotContain(token.Split('.')[2], gateway.Output, StringComparison.Ordinal);
            Assert.DoesNotContain(token.Split('.')[1], gateway.Output, StringComparison.Ordinal);
        }
    }

    public void Dispose() => _folder.Dispose();
}
