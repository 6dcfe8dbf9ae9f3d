using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Authentication.Certificate;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace ClusterPulse.Access;

/// <summary>Knows whom an identity stands for. A changed list counts at once; one that is wrong or gone does not, and is logged. All other
/// settings of access stay as they were at the start.</summary>
public sealed partial class PrincipalDirectory : IDisposable
{
    private readonly JwtAccessOptions? _jwt;
    private readonly IConfigurationSection _section;
    private readonly CallerFactory _factory;
    private readonly ILogger _logger;
    private readonly IDisposable _changes;
    private volatile Known _known;
    private volatile int _version;

    /// <exception cref="OptionsValidationException">The list is wrong.</exception>
    public PrincipalDirectory(IOptions<AccessOptions> options, IConfiguration configuration, CallerFactory factory, ILogger<PrincipalDirectory> logger)
    {
        (_jwt, _section, _factory, _logger) = (options.Value.Jwt, configuration.GetSection("Access:Principals"), factory, logger);
        _known = Known.Of(options.Value.Principals, factory);
        _changes = ChangeToken.OnChange(configuration.GetReloadToken, Replace);
    }

    /// <summary>Higher with each list that counts.</summary>
    public int Version => _version;

    /// <summary>Those on the list, in its order.</summary>
    public ImmutableArray<Caller> Listed => _known.Listed;

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

    public void Dispose() => _changes.Dispose();

    private Caller? OfToken(Known known, ClaimsIdentity identity)
    {
        if (_jwt is not { } jwt || identity.FindFirst(jwt.PrincipalClaim)?.Value is not { Length: > 0 } id)
            return null;
        // Whoever is listed has what the list says, and no more.
        if (known.ById.TryGetValue(id, out var listed))
            return listed;
        return jwt.RightsFromClaims ? _factory.Create(id, claim => identity.FindAll(claim).Select(c => c.Value)) : null;
    }

    private void Replace()
    {
        // A file that is away, or is no JSON for a moment, says nothing of anybody; an empty list would be there.
        if (!_section.Exists() && _known.Listed.Length > 0)
        {
            LogGone();
            return;
        }
        try
        {
            _known = Known.Of(AccessFile.Read<List<PrincipalOptions>>(_section) ?? [], _factory);
            Interlocked.Increment(ref _version);
            LogChanged(_known.Listed.Length);
        }
        catch (OptionsValidationException e)
        {
            LogWrong(string.Join(' ', e.Failures));
        }
    }

    [LoggerMessage(LogLevel.Information, "Principals read again: {Count}")]
    private partial void LogChanged(int count);

    [LoggerMessage(LogLevel.Error, "The changed list of principals is wrong, the one before stays: {Errors}")]
    private partial void LogWrong(string errors);

    [LoggerMessage(LogLevel.Error, "Access:Principals is gone (its file is away or is no JSON), the list before stays. [] takes everybody out")]
    private partial void LogGone();

    private sealed record Known(ImmutableArray<Caller> Listed, FrozenDictionary<string, Caller> ById, FrozenDictionary<string, Caller> BySubject)
    {
        public static Known Of(IEnumerable<PrincipalOptions> principals, CallerFactory factory)
        {
            var wrong = new List<string>();
            var listed = new List<Caller>();
            var ids = new HashSet<string>(StringComparer.Ordinal);
            var subjects = new Dictionary<string, Caller>(StringComparer.Ordinal);
            foreach (var principal in principals)
            {
                if (factory.Create(principal, wrong) is not { } caller)
                    continue;
                listed.Add(caller);
                if (!ids.Add(caller.Id))
                    wrong.Add($"Access:Principals '{caller.Id}' is listed twice.");
                if (principal.CertificateSubject is not { Length: > 0 } text)
                    continue;
                if (Subject(text) is not { } subject)
                    wrong.Add($"Access:Principals '{caller.Id}': CertificateSubject is '{text}'. It is no subject of a certificate, such as CN=admin, O=Jiangsu.");
                else if (!subjects.TryAdd(subject, caller))
                    wrong.Add($"Access:Principals '{caller.Id}': CertificateSubject is '{text}'. '{subjects[subject].Id}' has the same.");
            }
            if (wrong.Count > 0)
                throw WrongSettings.Of(wrong);
            return new([.. listed], listed.ToFrozenDictionary(c => c.Id, StringComparer.Ordinal), subjects.ToFrozenDictionary(StringComparer.Ordinal));
        }

        public Caller? OfCertificate(ClaimsIdentity identity)
        {
            if (identity.FindFirst(ClaimTypes.X500DistinguishedName)?.Value is { } name && Subject(name) is { } subject
                && BySubject.TryGetValue(subject, out var caller))
            {
                return caller;
            }
            // A principal with a subject of its own is not found by its name alone.
            return identity.FindFirst(ClaimTypes.Name)?.Value is { } common && ById.TryGetValue(common, out caller) && !BySubject.Values.Contains(caller)
                ? caller
                : null;
        }

        /// <summary>One spelling, whatever the spaces; null where it cannot be read.</summary>
        private static string? Subject(string name)
        {
            try
            {
                // By way of its bytes: a name made of a text only gives that text back.
                return new X500DistinguishedName(new X500DistinguishedName(name).RawData).Name;
            }
            catch (CryptographicException)
            {
                return null;
            }
        }
    }
}
