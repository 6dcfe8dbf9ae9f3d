using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ClusterPulse.Gateway.Login;

/// <summary>Makes the local issuer's tokens.</summary>
internal sealed class LocalTokens(IssuerKey key, string issuer, string audience, TimeProvider time)
{
    public static readonly TimeSpan Life = TimeSpan.FromHours(1);
    private static readonly TimeSpan RefreshLife = TimeSpan.FromDays(30);
    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>Refresh tokens are for the issuer alone: no API takes them.</summary>
    private string RefreshAudience => issuer + "/token";

    public string Access(string principal) => Create(principal, audience, Life);

    public string Refresh(string principal) => Create(principal, RefreshAudience, RefreshLife);

    /// <summary>Whose refresh token it is; null where it is none.</summary>
    public async Task<string?> ReadRefreshAsync(string token)
    {
        var result = await Handler.ValidateTokenAsync(token, new()
        {
            ValidIssuer = issuer,
            ValidAudience = RefreshAudience,
            IssuerSigningKey = key.Credentials.Key,
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
        });
        return result.IsValid ? ((JsonWebToken)result.SecurityToken).Subject : null;
    }

    private string Create(string principal, string forWhom, TimeSpan life)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = forWhom,
            Claims = new Dictionary<string, object> { ["sub"] = principal },
            IssuedAt = now,
            NotBefore = now,
            Expires = now + life,
            SigningCredentials = key.Credentials,
        });
    }
}
