using ClusterPulse.Access;
using Microsoft.Extensions.Options;

namespace ClusterPulse.Gateway.Login;

/// <summary>Makes the all-in-one process its own OpenID provider.</summary>
internal static class LocalIssuerSetup
{
    /// <summary>The provider, and settings by which its tokens are taken. Where no principal is listed there are five for trials.</summary>
    /// <param name="builder">The process.</param>
    /// <param name="folder">Of the store, where its key is kept.</param>
    /// <param name="httpPort">Port by which it is reached.</param>
    public static void AddLocalIssuer(this WebApplicationBuilder builder, string folder, int httpPort)
    {
        var scheme = builder.Configuration["Tls:CertificateFile"] is { Length: > 0 } ? "https" : "http";
        var issuer = $"{scheme}://127.0.0.1:{httpPort}{LocalIssuer.Path}";
        var key = IssuerKey.Open(folder);
        var settings = new Dictionary<string, string?> { ["Access:Jwt:KeysFile"] = key.KeysFile, ["Access:Jwt:Issuer"] = issuer };
        if (!builder.Configuration.GetSection("Access:Principals").GetChildren().Any())
            AddTrialPrincipals(settings);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddSingleton(key);
        builder.Services.AddSingleton(services => new LocalIssuer(
            issuer, key, new LocalTokens(key, issuer, services.GetRequiredService<IOptions<AccessOptions>>().Value.Jwt!.Audience, TimeProvider.System),
            new DeviceCodes(TimeProvider.System), services.GetRequiredService<PrincipalDirectory>()));
    }

    /// <summary>Maps the provider where there is one.</summary>
    public static void MapLocalIssuer(this WebApplication app) => app.Services.GetService<LocalIssuer>()?.Map(app);

    private static void AddTrialPrincipals(Dictionary<string, string?> settings)
    {
        var index = 0;
        foreach (var role in (Roles[])[Roles.Bureau, Roles.Centre, Roles.Viewer, Roles.Operator, Roles.Scraper])
        {
            var at = $"Access:Principals:{index++}:";
            settings[at + "Id"] = role.ToString().ToLowerInvariant();
            settings[at + "Roles"] = role.ToString();
            settings[at + "Divisions:0"] = AccessOptions.All;
            settings[at + "Level"] = role == Roles.Centre ? nameof(SightLevel.Enterprise) : nameof(SightLevel.Aggregate);
            if (role != Roles.Bureau)
                continue;
            settings[at + "Bureau"] = "trial";
            settings[at + "Feeds:0"] = AccessOptions.All;
        }
    }
}
