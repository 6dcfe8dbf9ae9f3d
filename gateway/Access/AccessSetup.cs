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
        services.AddOptions<AccessOptions>().BindConfiguration("Access").ValidateDataAnnotations().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AccessOptions>, AccessOptionsCheck>());
        services.AddSingleton<CallerFactory>();
        services.AddSingleton<PrincipalDirectory>();
        services.AddSingleton<IRightTable, PathRights>();
        services.AddSingleton<IAuthorizationHandler, EntryHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, RefusalHandler>();
        services.AddHostedService<AccessNotice>();
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder(Chosen).AddRequirements(new EntryRequirement()).Build());
        var access = configuration.GetSection("Access").Get<AccessOptions>() ?? new();
        var authentication = services.AddAuthentication(Chosen)
            .AddPolicyScheme(Chosen, null, o => o.ForwardDefaultSelector = context => Choose(context, access))
            .AddScheme<AuthenticationSchemeOptions, OpenHandler>(OpenHandler.Scheme, null);
        if (access.Jwt is { } jwt)
            authentication.AddJwtBearer(o => JwtValidation.Configure(o, jwt));
        if (access.Certificates is { } certificates)
            authentication.AddCertificate(o => Configure(o, certificates));
        return services;
    }

    /// <summary>Reads the settings of access from a JSON file of their own, which counts over all else.</summary>
    public static IConfigurationBuilder AddAccessFile(this IConfigurationBuilder configuration, string? file) =>
        file is null ? configuration : configuration.AddJsonFile(Path.GetFullPath(file), optional: false, reloadOnChange: true);

    /// <summary>Decides before any endpoint runs.</summary>
    public static WebApplication UseClusterPulseAccess(this WebApplication app)
    {
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
        options.CustomTrustStore.ImportFromPemFile(certificates.AuthorityFile);
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
}
