using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
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
        if (jwt.KeysFile is { Length: > 0 } file)
        {
            options.TokenValidationParameters.IssuerSigningKeys = Keys(file);
        }
        else
        {
            options.Authority = jwt.Authority;
            options.RequireHttpsMetadata = !IsLoopback(jwt.Authority);
        }
    }

    /// <summary>The keys of a JWKS document, or the one public key of a PEM file.</summary>
    /// <exception cref="OptionsValidationException">It holds none, or cannot be read.</exception>
    public static IReadOnlyList<SecurityKey> Keys(string file)
    {
        const string Setting = "Access:Jwt:KeysFile";
        try
        {
            var text = File.ReadAllText(file);
            IReadOnlyList<SecurityKey> keys = text.AsSpan().TrimStart().StartsWith("{") ? [.. new JsonWebKeySet(text).GetSigningKeys()] : [Pem(text)];
            return keys.Count > 0 ? keys : throw WrongSettings.OfFile(Setting, file, "The JWKS document holds no key for signatures");
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw WrongSettings.OfFile(Setting, file, "It is neither a JWKS document nor a PEM file of one public key", e);
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
