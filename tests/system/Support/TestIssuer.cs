using System.Security.Cryptography;
using System.Text.Json;
using Grpc.Core;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ClusterPulse.SystemTests.Support;

/// <summary>Issues tokens that a gateway takes whose settings this one has written.</summary>
internal sealed class TestIssuer : IDisposable
{
    public const string Name = "https://issuer.test";
    public const string Audience = "clusterpulse";

    private readonly string _folder;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <param name="folder">Where its public key and the settings are written.</param>
    public TestIssuer(string folder)
    {
        _folder = folder;
        var key = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(ECDsa.Create(_key.ExportParameters(false))) { KeyId = "test" });
        key.Use = "sig";
        File.WriteAllText(KeysFile, JsonSerializer.Serialize(new { keys = new[] { new { kty = key.Kty, crv = key.Crv, x = key.X, y = key.Y, kid = key.Kid, use = "sig" } } }));
    }

    public string KeysFile => Path.Combine(_folder, "jwks.json");

    public string AccessFile => Path.Combine(_folder, "access.json");

    /// <summary>Writes settings by which tokens of this issuer are taken.</summary>
    /// <param name="openTo">Who is let in without one.</param>
    /// <param name="principals">Entries of <c>Access:Principals</c>.</param>
    /// <returns>The file.</returns>
    public string WriteAccess(string openTo, params object[] principals)
    {
        // In one step: the server reads it again when it changes.
        var draft = AccessFile + ".new";
        File.WriteAllText(draft, JsonSerializer.Serialize(new
        {
            // Each refusal is logged; the tests make a thousand.
            Logging = new { LogLevel = new Dictionary<string, string> { ["ClusterPulse.Access.EntryHandler"] = "Error" } },
            Access = new { OpenTo = openTo, Jwt = new { KeysFile, Issuer = Name, Audience, RightsFromClaims = true, ClockSkewSeconds = 0 }, Principals = principals },
        }));
        File.Move(draft, AccessFile, overwrite: true);
        return AccessFile;
    }

    /// <summary>A token for a principal.</summary>
    public string Token(
        string subject, string audience = Audience, string issuer = Name, TimeSpan? life = null, ECDsa? key = null, IDictionary<string, object>? claims = null)
    {
        var now = DateTime.UtcNow;
        var expires = now + (life ?? TimeSpan.FromMinutes(10));
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            Claims = new Dictionary<string, object>(claims ?? new Dictionary<string, object>()) { ["sub"] = subject },
            NotBefore = expires < now ? expires.AddMinutes(-10) : now.AddSeconds(-5),
            IssuedAt = expires < now ? expires.AddMinutes(-10) : now.AddSeconds(-5),
            Expires = expires,
            SigningCredentials = new(new ECDsaSecurityKey(key ?? _key) { KeyId = "test" }, SecurityAlgorithms.EcdsaSha256),
        });
    }

    /// <summary>The header of a call by a principal.</summary>
    public Metadata Header(string subject) => HeaderOf(Token(subject));

    /// <summary>The header of a call with a token.</summary>
    public static Metadata HeaderOf(string token) => new() { { "authorization", "Bearer " + token } };

    public void Dispose() => _key.Dispose();
}
