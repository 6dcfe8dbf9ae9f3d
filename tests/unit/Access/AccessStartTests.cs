using ClusterPulse.Access;
using ClusterPulse.UnitTests.Reference;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ClusterPulse.UnitTests.Access;

/// <summary>Settings of access that are wrong end the start, and say which and why.</summary>
public sealed class AccessStartTests : IDisposable
{
    private readonly LoadedReference _reference;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("clusterpulse-access-");

    public AccessStartTests(LoadedReference reference)
    {
        _reference = reference;
        File.WriteAllText(In("empty.json"), """{ "keys": [] }""");
        File.WriteAllText(In("text.pem"), "no key");
        File.WriteAllText(In("principals.json"), """{ "Access": {}""");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("""{ "Jwt": { "Issuer": "x" } }""", "Access:Jwt needs either Authority (")]
    [InlineData("""{ "Jwt": { "KeysFile": "DIR/none.json", "Issuer": "x" } }""", "Access:Jwt:KeysFile is 'DIR/none.json'. There is no such file.")]
    [InlineData("""{ "Jwt": { "KeysFile": "DIR/empty.json", "Issuer": "x" } }""", "Access:Jwt:KeysFile is 'DIR/empty.json'. The JWKS document holds no key")]
    [InlineData("""{ "Jwt": { "KeysFile": "DIR/text.pem", "Issuer": "x" } }""", "Access:Jwt:KeysFile is 'DIR/text.pem'. It is neither a JWKS document nor")]
    [InlineData("""{ "Jwt": { "KeysFile": "DIR/empty.json" } }""", "Access:Jwt:Issuer is needed")]
    [InlineData("""{ "Jwt": { "Authority": "https://x.test", "Audience": "" } }""", "Access:Jwt:Audience is needed")]
    [InlineData("""{ "Jwt": { "Authority": "https://x.test", "ClockSkewSeconds": -1 } }""", "ClockSkewSeconds")]
    [InlineData("""{ "Certificates": { "CheckRevocation": true } }""", "AuthorityFile")]
    [InlineData("""{ "Certificates": { "AuthorityFile": "DIR/text.pem" } }""", "Access:Certificates:AuthorityFile is 'DIR/text.pem'. It holds no certificate")]
    [InlineData("""{ "OpenTo": "Friends" }""", "Access:OpenTo")]
    [InlineData("""{ "Principals": [{ "Id": "x", "Roles": "King" }] }""", "Access:Principals:0:Roles")]
    [InlineData("""{ "Principals": [{ "Id": "x", "Roles": "Viewer", "Divisions": null }] }""", "needs at least one")]
    [InlineData("""{ "Principals": [{ "Id": "x", "Roles": "Bureau", "Bureau": "3205", "Divisions": ["3205"], "Feeds": null }] }""", "Feeds is ''")]
    [InlineData("""{ "Principals": [{ "Roles": "Scraper" }] }""", "Access:Principals '': Id is ''. Every principal needs one.")]
    [InlineData("""{ "Principals": [{ "Id": "x", "Roles": "Viewer", "Division": ["3205"] }] }""", "'Division'")]
    [InlineData("""{ "Opento": "Nobody", "Principal": [] }""", "'Principal'")]
    [InlineData("""{ "Principals": [{ "Id": "x", "Roles": "Viewer", "Divisions": ["nowhere"] }] }""", "Access:Principals 'x': Divisions is 'nowhere'")]
    [InlineData("""{ "Principals": [{ "Id": "x", "Roles": "Scraper" }, { "Id": "x", "Roles": "Scraper" }] }""", "'x' is listed twice")]
    [InlineData("""{ "Principals": [{ "Id": "x", "Roles": "Scraper", "CertificateSubject": "what" }] }""", "CertificateSubject is 'what'")]
    [InlineData("""{ "Principals": [{ "Id": "x", "Roles": "Scraper", "CertificateSubject": "CN=a, O=b" }, { "Id": "y", "Roles": "Scraper", "CertificateSubject": "CN=a,O=b" }] }""", "'x' has the same")]
    public async Task Wrong_settings_are_named(string access, string said)
    {
        await File.WriteAllTextAsync(In("access.json"), $$"""{ "Access": {{access.Replace("DIR", _folder.FullName, StringComparison.Ordinal)}} }""", TestContext.Current.CancellationToken);

        Assert.Contains(said.Replace("DIR", _folder.FullName, StringComparison.Ordinal), await RefusedAsync(In("access.json")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none.json", "It cannot be read")]
    [InlineData("principals.json", "It is no JSON")]
    public async Task A_file_that_is_not_there_or_no_json_is_named(string file, string said)
    {
        var told = await RefusedAsync(In(file));

        Assert.StartsWith($"--access is '{In(file)}'. {said}", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{ "Id": "x", "Roles": "Scraper" }]""")]
    [InlineData("""[{ "Id": "x", "Roles": "Scraper", "CertificateSubject": "" }, { "Id": "y", "Roles": "Scraper", "CertificateSubject": "" }]""")]
    [InlineData("null")]
    public async Task Right_settings_start(string principals)
    {
        await File.WriteAllTextAsync(In("access.json"), $$"""{ "Access": { "Principals": {{principals}} } }""", TestContext.Current.CancellationToken);

        Assert.Null(await StartAsync(In("access.json")));
    }

    private string In(string file) => Path.Combine(_folder.FullName, file);

    private async Task<string> RefusedAsync(string file)
    {
        var thrown = await StartAsync(file);
        Assert.NotNull(thrown);
        var said = WrongSettings.Describe(thrown);
        Assert.True(said is not null, thrown.ToString());
        return said;
    }

    private async Task<Exception?> StartAsync(string file)
    {
        try
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Configuration.AddAccessFile(file);
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Services.AddSingleton(_reference.Data).AddClusterPulseAccess(builder.Configuration);
            await using var app = builder.Build();
            app.UseClusterPulseAccess();
            await app.StartAsync(TestContext.Current.CancellationToken);
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }
}
