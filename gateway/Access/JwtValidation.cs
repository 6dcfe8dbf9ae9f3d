using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;

namespace ClusterPulse.Access;

/// <summary>What a bearer token must be like.</summary>
internal static class JwtValidation
{
    /// <summary>Public keys only: a secret shared with the gateway would let whoever reads its configuration write tokens.</summary>
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    public static void Configure(JwtBearerOptions options, JwtAccessOptions jwt)
    {
        options.MapInboundClaims = false;
        options.IncludeErrorDetails = true;
        options.TokenValidationParameters = new()
        {
            ValidAudience = jwt.Audience,
            ValidIssuer = jwt.Issuer,
            ValidAlgorithms = Algorithms,
            ClockSkew = TimeSpan.FromSeconds(jwt.ClockSkewSeconds),
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            AuthenticationType = JwtBearerDefaults.AuthenticationScheme,
            NameClaimType = jwt.PrincipalClaim,
        };
        if (jwt.KeysFile is { } file)
        {
            options.TokenValidationParameters.IssuerSigningKeys = Keys(file);
        }
        else
        {
            options.Authority = jwt.Authority;
            options.RequireHttpsMetadata = !IsLoopback(jwt.Authority);
        }
    }

    /// <summary>Keys of a JWKS document or of PEM public keys.</summary>
    /// <exception cref="InvalidDataException">It holds none.</exception>
    public static IReadOnlyList<SecurityKey> Keys(string file)
    {
        var text = File.ReadAllText(file);
        try
        {
            return text.AsSpan().TrimStart().StartsWith("{") ? [.. new JsonWebKeySet(text).GetSigningKeys()] : [Pem(text)];
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            throw new InvalidDataException($"Access:Jwt:KeysFile: {file} is neither a JWKS document nor a PEM public key.", e);
        }
    }

    private static AsymmetricSecurityKey Pem(string text)
    {
        try
        {
            var rsa = RSA.Create();
            rsa.ImportFromPem(text);
            return new RsaSecurityKey(rsa);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            var ec = ECDsa.Create();
            ec.ImportFromPem(text);
            return new ECDsaSecurityKey(ec);
        }
    }

    private static bool IsLoopback(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback;
}
