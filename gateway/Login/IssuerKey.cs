using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace ClusterPulse.Gateway.Login;

/// <summary>The key of the local issuer, kept in the store's folder so that tokens outlive a restart.</summary>
internal sealed class IssuerKey : IDisposable
{
    private readonly ECDsa _key;

    private IssuerKey(ECDsa key, string keysFile)
    {
        (_key, KeysFile) = (key, keysFile);
        var point = key.ExportParameters(false).Q;
        Id = Base64UrlEncoder.Encode(SHA256.HashData([.. point.X!, .. point.Y!])[..12]);
        Public = new(new[] { new Jwk("EC", "P-256", Base64UrlEncoder.Encode(point.X!), Base64UrlEncoder.Encode(point.Y!), Id, "sig", "ES256") });
        Credentials = new(new ECDsaSecurityKey(key) { KeyId = Id }, SecurityAlgorithms.EcdsaSha256);
    }

    public string Id { get; }

    public SigningCredentials Credentials { get; }

    /// <summary>The JWKS document.</summary>
    public Jwks Public { get; }

    /// <summary>File of the JWKS document, which the gateway's own validation reads.</summary>
    public string KeysFile { get; }

    /// <summary>Reads the key, or makes it the first time. Its owner alone can read the file.</summary>
    public static IssuerKey Open(string folder)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, "issuer-key.pem");
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (File.Exists(file))
        {
            key.ImportFromPem(File.ReadAllText(file));
        }
        else
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var writer = new StreamWriter(file, options);
            writer.Write(key.ExportPkcs8PrivateKeyPem());
        }
        var opened = new IssuerKey(key, Path.Combine(folder, "issuer-jwks.json"));
        File.WriteAllText(opened.KeysFile, System.Text.Json.JsonSerializer.Serialize(opened.Public));
        return opened;
    }

    public void Dispose() => _key.Dispose();

    internal sealed record Jwks([property: System.Text.Json.Serialization.JsonPropertyName("keys")] IReadOnlyList<Jwk> Keys);

    internal sealed record Jwk(
        [property: System.Text.Json.Serialization.JsonPropertyName("kty")] string Kty,
        [property: System.Text.Json.Serialization.JsonPropertyName("crv")] string Crv,
        [property: System.Text.Json.Serialization.JsonPropertyName("x")] string X,
        [property: System.Text.Json.Serialization.JsonPropertyName("y")] string Y,
        [property: System.Text.Json.Serialization.JsonPropertyName("kid")] string Kid,
        [property: System.Text.Json.Serialization.JsonPropertyName("use")] string Use,
        [property: System.Text.Json.Serialization.JsonPropertyName("alg")] string Alg);
}
