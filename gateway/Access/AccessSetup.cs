using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Certificate;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace ClusterPulse.Access;

/// <summary>Puts access before every endpoint.</summary>
public static class AccessSetup
{
    private const string Chosen = "ClusterPulse";

    /// <summary>Authentication by token or client certificate, and denial of whatever no table of rights opens.</summary>
    public static IServiceCollection AddClusterPulseAccess(this IServiceCollection services, IConfiguration configuration)
    {
        // Bound once, and not when the file changes: who is let in unasked and how callers show who they are stays as it was at the start.
        services.AddOptions<AccessOptions>().Configure<IConfiguration>((options, all) => all.GetSection("Access").Bind(options, AccessFile.Strictly))
            .ValidateDataAnnotations().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AccessOptions>, AccessOptionsCheck>());
        services.AddSingleton<CallerFactory>();
        services.AddSingleton<PrincipalDirectory>();
        services.AddSingleton<IRightTable, PathRights>();
        services.AddSingleton<IAuthorizationHandler, EntryHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, RefusalHandler>();
        services.AddHostedService<AccessNotice>();
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder(Chosen).AddRequirements(new EntryRequirement()).Build());
        var access = AccessFile.Read<AccessOptions>(configuration.GetSection("Access")) ?? new();
        var authentication = services.AddAuthentication(Chosen)
            .AddPolicyScheme(Chosen, null, o => o.ForwardDefaultSelector = context => Choose(context, access))
            .AddScheme<AuthenticationSchemeOptions, OpenHandler>(OpenHandler.Scheme, null);
        if (access.Jwt is { } jwt)
        {
            authentication.AddJwtBearer(o => JwtValidation.Configure(o, jwt));
            services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).ValidateOnStart();
        }
        if (access.Certificates is { } certificates)
        {
            authentication.AddCertificate(o => Configure(o, certificates));
            services.AddOptions<CertificateAuthenticationOptions>(CertificateAuthenticationDefaults.AuthenticationScheme).ValidateOnStart();
        }
        return services;
    }

    /// <summary>Decides before any endpoint runs.</summary>
    /// <exception cref="OptionsValidationException">Settings are wrong. (The host, which checks them too, would log where in the code.)</exception>
    public static WebApplication UseClusterPulseAccess(this WebApplication app)
    {
        // The settings themselves before what is made of them.
        _ = app.Services.GetRequiredService<PrincipalDirectory>();
        app.Services.GetService<IStartupValidator>()?.Validate();
        app.UseAuthentication();
        app.UseAuthorization();
        return app;
    }

    private static string Choose(HttpContext context, AccessOptions access)
    {
        if (access.Jwt is not null && context.Request.Headers.ContainsKey(HeaderNames.Authorization))
            return JwtBearerDefaults.AuthenticationScheme;
        return access.Certificates is not null && context.Connection.ClientCertificate is not null
            ? CertificateAuthenticationDefaults.AuthenticationScheme
            : OpenHandler.Scheme;
    }

    private static void Configure(CertificateAuthenticationOptions options, CertificateAccessOptions certificates)
    {
        options.AllowedCertificateTypes = CertificateTypes.Chained;
        options.ChainTrustValidationMode = X509ChainTrustMode.CustomRootTrust;
        ImportAuthorities(options.CustomTrustStore, certificates.AuthorityFile);
        options.ValidateCertificateUse = true;
        options.RevocationMode = certificates.CheckRevocation ? X509RevocationMode.Online : X509RevocationMode.NoCheck;
        options.Events = new()
        {
            OnCertificateValidated = context =>
            {
                // The common name alone: the handler's own claims hold it among others.
                var identity = (System.Security.Claims.ClaimsIdentity)context.Principal!.Identity!;
                foreach (var claim in identity.FindAll(identity.NameClaimType).ToList())
                    identity.RemoveClaim(claim);
                identity.AddClaim(new(identity.NameClaimType, context.ClientCertificate.GetNameInfo(X509NameType.SimpleName, false)));
                return Task.CompletedTask;
            },
        };
    }

    /// <exception cref="OptionsValidationException">The file holds none, or cannot be read.</exception>
    private static void ImportAuthorities(X509Certificate2Collection authorities, string file)
    {
        Exception? cause = null;
        try
        {
            authorities.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            cause = e;
        }
        if (authorities.Count == 0)
            throw WrongSettings.OfFile("Access:Certificates:AuthorityFile", file, "It holds no certificate in PEM that can be read", cause);
    }
}
