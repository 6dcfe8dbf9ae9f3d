using System.Collections.Frozen;
using System.Security.Claims;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Authentication.Certificate;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClusterPulse.Access;

/// <summary>Knows whom an identity stands for. A changed list counts at once; one that is wrong does not, and is logged.</summary>
public sealed partial class PrincipalDirectory : IDisposable
{
    private readonly CallerFactory _factory;
    private readonly ILogger _logger;
    private readonly IDisposable? _changes;
    private volatile Known _known;

    public PrincipalDirectory(IOptionsMonitor<AccessOptions> options, CallerFactory factory, ILogger<PrincipalDirectory> logger)
    {
        (_factory, _logger) = (factory, logger);
        _known = Known.Of(options.CurrentValue, factory);
        _changes = options.OnChange(changed => Replace(changed));
    }

    /// <summary>The caller; null where the identity is nobody's here.</summary>
    public Caller? Find(ClaimsPrincipal user)
    {
        var known = _known;
        foreach (var identity in user.Identities.Where(i => i.IsAuthenticated))
        {
            var caller = identity.AuthenticationType switch
            {
                OpenHandler.Scheme => Caller.Trial,
                CertificateAuthenticationDefaults.AuthenticationScheme => known.OfCertificate(identity),
                _ => OfToken(known, identity),
            };
            if (caller is not null)
                return caller;
        }
        return null;
    }

    public void Dispose() => _changes?.Dispose();

    private Caller? OfToken(Known known, ClaimsIdentity identity)
    {
        if (known.Jwt is not { } jwt || identity.FindFirst(jwt.PrincipalClaim)?.Value is not { Length: > 0 } id)
            return null;
        // Whoever is listed has what the list says, and no more.
        if (known.ById.TryGetValue(id, out var listed))
            return listed;
        return jwt.RightsFromClaims ? _factory.Create(id, claim => identity.FindAll(claim).Select(c => c.Value)) : null;
    }

    private void Replace(AccessOptions changed)
    {
        try
        {
            _known = Known.Of(changed, _factory);
            LogChanged(_known.ById.Count);
        }
        catch (OptionsValidationException e)
        {
            LogWrong(e.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "Principals read again: {Count}")]
    private partial void LogChanged(int count);

    [LoggerMessage(LogLevel.Error, "The changed list of principals is wrong, the one before stays: {Errors}")]
    private partial void LogWrong(string errors);

    private sealed record Known(JwtAccessOptions? Jwt, FrozenDictionary<string, Caller> ById, FrozenDictionary<string, Caller> BySubject)
    {
        public static Known Of(AccessOptions options, CallerFactory factory)
        {
            var wrong = new List<string>();
            var callers = options.Principals.Select(p => (Options: p, Caller: factory.Create(p, wrong))).ToList();
            wrong.AddRange(callers.GroupBy(c => c.Options.Id).Where(g => g.Count() > 1).Select(g => $"Access:Principals '{g.Key}' is listed twice."));
            if (wrong.Count > 0)
                throw new OptionsValidationException("Access", typeof(AccessOptions), wrong);
            return new(
                options.Jwt,
                callers.ToFrozenDictionary(c => c.Options.Id, c => c.Caller!, StringComparer.Ordinal),
                callers.Where(c => c.Options.CertificateSubject is not null)
                    .ToFrozenDictionary(c => Subject(c.Options.CertificateSubject!), c => c.Caller!, StringComparer.Ordinal));
        }

        public Caller? OfCertificate(ClaimsIdentity identity)
        {
            if (identity.FindFirst(ClaimTypes.X500DistinguishedName)?.Value is { } subject && BySubject.TryGetValue(Subject(subject), out var caller))
                return caller;
            // A principal with a subject of its own is not found by its name alone.
            return identity.FindFirst(ClaimTypes.Name)?.Value is { } name && ById.TryGetValue(name, out caller) && !BySubject.Values.Contains(caller)
                ? caller
                : null;
        }

        /// <summary>One spelling, whatever the spaces.</summary>
        private static string Subject(string name) => new X500DistinguishedName(name).Name;
    }
}
