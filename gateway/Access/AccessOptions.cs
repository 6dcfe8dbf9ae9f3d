using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace ClusterPulse.Access;

/// <summary>Who may call. Section <c>Access</c>.</summary>
public sealed class AccessOptions
{
    /// <summary>Stands for all divisions, and for all feeds.</summary>
    public const string All = "*";

    /// <summary>Who is let in without saying who he is. Left out: callers on the own machine where neither <see cref="Jwt"/> nor
    /// <see cref="Certificates"/> is set, and nobody where one is.</summary>
    [EnumDataType(typeof(Openness))]
    public Openness? OpenTo { get; set; }

    /// <summary>Bearer tokens; null: none are taken.</summary>
    [ValidateObjectMembers]
    public JwtAccessOptions? Jwt { get; set; }

    /// <summary>Client certificates; null: none are asked for.</summary>
    [ValidateObjectMembers]
    public CertificateAccessOptions? Certificates { get; set; }

    /// <summary>Known principals.</summary>
    public IList<PrincipalOptions> Principals { get; init => field = value ?? []; } = [];

    /// <summary>Who is let in without saying who he is.</summary>
    public Openness Open => OpenTo ?? (Jwt is null && Certificates is null ? Openness.Loopback : Openness.Nobody);
}

/// <summary>Who is let in without saying who he is.</summary>
public enum Openness
{
    /// <summary>Nobody.</summary>
    Nobody = 0,

    /// <summary>Callers on the own machine that come through no proxy, for trials.</summary>
    Loopback = 1,

    /// <summary>All: for closed test networks only.</summary>
    Everybody = 2,
}

/// <summary>Bearer tokens (RFC 6750) of an OpenID provider.</summary>
public sealed class JwtAccessOptions
{
    /// <summary>Address of the provider, whose discovery document tells its keys. Either this or <see cref="KeysFile"/>.</summary>
    public string? Authority { get; set; }

    /// <summary>JWKS document or PEM public key, for a provider that cannot be reached from here.</summary>
    public string? KeysFile { get; set; }

    /// <summary>Issuer that tokens must name; by default the provider's own. Required with <see cref="KeysFile"/>.</summary>
    public string? Issuer { get; set; }

    /// <summary>Audience that tokens must name.</summary>
    [Required(ErrorMessage = "Access:Jwt:Audience is needed: without it tokens for other systems would do.")]
    public string Audience { get; set; } = "clusterpulse";

    /// <summary>Client that <c>clusterpulse login</c> is at the provider.</summary>
    [Required]
    public string ClientId { get; set; } = "clusterpulse-cli";

    /// <summary>Claim that holds a principal's id.</summary>
    [Required]
    public string PrincipalClaim { get; set; } = "sub";

    /// <summary>Take the rights from claims of the token where the principal is not listed: <c>clusterpulse_role</c>,
    /// <c>clusterpulse_bureau</c>, <c>clusterpulse_division</c>, <c>clusterpulse_feed</c>, <c>clusterpulse_level</c>.</summary>
    public bool RightsFromClaims { get; set; }

    /// <summary>Seconds by which clocks may differ, 0 to 300.</summary>
    [Range(0, 300)]
    public int ClockSkewSeconds { get; set; } = 30;
}

/// <summary>Client certificates.</summary>
public sealed class CertificateAccessOptions
{
    /// <summary>PEM file of the authorities that client certificates must come from. System roots do not count.</summary>
    [Required]
    public string AuthorityFile { get; set; } = "";

    /// <summary>Ask the authority whether a certificate was revoked. Needs a CRL or OCSP address in certificates.</summary>
    public bool CheckRevocation { get; set; }
}

/// <summary>One principal.</summary>
public sealed class PrincipalOptions
{
    /// <summary>What a token's principal claim says, or a client certificate's common name.</summary>
    public string Id { get; set; } = "";

    /// <summary>Whole subject of the client certificate, where its common name alone is not enough.</summary>
    public string? CertificateSubject { get; set; }

    /// <summary>One role, or several joined by commas.</summary>
    public Roles Roles { get; set; }

    /// <summary>Id of the bureau: it writes to <c>bureaus/{bureau}</c> alone.</summary>
    public string? Bureau { get; set; }

    /// <summary>Codes of regions; what lies within is included. <c>*</c>: all.</summary>
    public IList<string> Divisions { get; init => field = value ?? []; } = [];

    /// <summary>Feeds that a bureau sends: output, export, employment, fdi, linkage. <c>*</c>: all.</summary>
    public IList<string> Feeds { get; init => field = value ?? []; } = [];

    /// <summary>Whether single firms are shown.</summary>
    public SightLevel Level { get; set; }
}
